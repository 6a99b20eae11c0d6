package dev.bastion.sandbox.github.rules;

import dev.bastion.sandbox.github.git.CommitDiff;
import dev.bastion.sandbox.github.git.CommitHistory;
import dev.bastion.sandbox.github.git.FileChange;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.Review;
import dev.bastion.sandbox.github.pulls.Review.Opinion;
import dev.bastion.sandbox.github.pulls.ReviewTally;
import dev.bastion.sandbox.github.pulls.ReviewThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reviews and conversations that the rule {@code pull_request} asks for, and those that a pull request lacks. */
final class ReviewRules {
    private final CommitHistory history;
    private final CommitDiff differences;
    private final CodeOwners owners;

    ReviewRules(CommitHistory history, CommitDiff differences, CodeOwners owners) {
        this.history = history;
        this.differences = differences;
        this.owners = owners;
    }

    /** @param base the commit that the base branch has */
    List<String> violations(ReviewRequirements needed, PullRequest pull, String base) {
        ReviewTally opinions = ReviewTally.of(pull);
        List<String> violations = new ArrayList<>();
        if (needed.approvals() > 0 && opinions.hasRequestedChanges()) {
            violations.add(RuleWords.CHANGES_REQUESTED);
        } else if (opinions.approvals() < needed.approvals()) {
            violations.add(RuleWords.approvals(needed.approvals()));
        }
        List<String> paths = needed.codeOwners() || !needed.teams().isEmpty() ? paths(pull, base) : List.of();
        if (needed.codeOwners()) {
            owners.of(base, paths).stream()
                    .filter(each -> !isApprovedBy(opinions, each))
                    .forEach(each -> violations.add(RuleWords.owner(each)));
        }
        needed.teams().stream()
                .filter(team -> isFor(team, paths) && opinions.approvals() < team.approvals())
                .forEach(team -> violations.add(RuleWords.team(team.team())));
        if (needed.lastPush() && !isLastPushApproved(pull, opinions)) {
            violations.add(RuleWords.LAST_PUSH);
        }
        if (needed.threads() && !pull.threads().stream().allMatch(ReviewThread::isResolved)) {
            violations.add(RuleWords.UNRESOLVED);
        }
        return violations;
    }

    private List<String> paths(PullRequest pull, String base) {
        return differences.files(history.mergeBase(base, pull.head()), pull.head()).stream()
                .flatMap(ReviewRules::paths)
                .distinct()
                .toList();
    }

    private static Stream<String> paths(FileChange change) {
        return Stream.of(change.path(), change.previous());
    }

    private static boolean isFor(ReviewRequirements.TeamReview team, List<String> paths) {
        return team.files().isEmpty()
                || team.files().stream()
                        .anyMatch(pattern -> paths.stream().anyMatch(path -> FileRules.isGlob(pattern, path)));
    }

    private static boolean isApprovedBy(ReviewTally opinions, List<String> logins) {
        return logins.stream()
                .anyMatch(login -> opinions.latest().entrySet().stream()
                        .anyMatch(each -> each.getValue() == Opinion.APPROVED
                                && each.getKey().equalsIgnoreCase(login)));
    }

    /** An approval of an older head does not cover what was pushed since. */
    private static boolean isLastPushApproved(PullRequest pull, ReviewTally opinions) {
        Set<String> approving = opinions.latest().entrySet().stream()
                .filter(each -> each.getValue() == Opinion.APPROVED)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return pull.reviews().stream()
                .filter(review -> review.opinion() == Opinion.APPROVED)
                .filter(review -> review.commit().equals(pull.head()))
                .map(Review::author)
                .anyMatch(author -> approving.contains(author.login())
                        && !author.login().equals(pull.pusher().login()));
    }
}
