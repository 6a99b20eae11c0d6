package dev.bastion.ledger.proposal;

import dev.bastion.access.proposal.Review;
import dev.bastion.github.PullRequestReview;
import dev.bastion.github.PullRequests;
import java.util.List;

/** The conversion of GitHub's reviews of a pull request to those of the access rules. */
final class Reviews {
    private Reviews() {}

    static List<Review> of(PullRequests pulls, int number) {
        return pulls.reviews(number).stream().map(Reviews::review).toList();
    }

    private static Review review(PullRequestReview review) {
        Review.Opinion opinion = switch (review.state()) {
            case APPROVED -> Review.Opinion.APPROVED;
            case CHANGES_REQUESTED -> Review.Opinion.CHANGES_REQUESTED;
            case COMMENTED -> Review.Opinion.COMMENTED;
            case DISMISSED -> Review.Opinion.DISMISSED;
        };
        return new Review(review.id(), review.login(), opinion, review.commit(), review.at());
    }
}
