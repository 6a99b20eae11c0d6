package dev.bastion.ledger.proposal;

import dev.bastion.access.proposal.Review;
import dev.bastion.github.PullRequestReview;
import dev.bastion.github.PullRequests;
import java.util.List;

/** What was said of a pull request, in the words of the rules. */
final class Reviews {
    private Reviews() {}

    static List<Review> of(PullRequests pulls, int number) {
        return pulls.reviews(number).stream().map(Reviews::review).toList();
    }

    private static Review review(PullRequestReview said) {
        Review.Opinion opinion = switch (said.state()) {
            case APPROVED -> Review.Opinion.APPROVED;
            case CHANGES_REQUESTED -> Review.Opinion.CHANGES_REQUESTED;
            case COMMENTED -> Review.Opinion.COMMENTED;
            case DISMISSED -> Review.Opinion.DISMISSED;
        };
        return new Review(said.id(), said.login(), opinion, said.commit(), said.at());
    }
}
