package dev.bastion.ledger.proposal;

import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.CommitId;
import dev.bastion.github.PullRequests;
import dev.bastion.ledger.write.Pacing;
import dev.bastion.ledger.write.RetryBackoff;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.util.List;
import java.util.Locale;

/**
 * A merge that is retried while the forge's view of the pull request is out of date: GitHub answers {@code Base branch was
 * modified} when the branch has just moved, and {@code Pull Request is not mergeable} also before it has computed that.
 */
record RetryingMerge(PullRequests pulls, PullRequests.MergeMethod method, Pacing pacing) {
    private static final int MAX_ATTEMPTS = 4;

    private static final List<String> OUT_OF_DATE = List.of("was modified", "is not mergeable");

    PullRequests.Merge of(int number, CommitId head, String title, String message) {
        RetryPolicy<PullRequests.Merge> retryPolicy = RetryBackoff.<PullRequests.Merge>attempts(MAX_ATTEMPTS, pacing)
                .handle(LedgerUnreachable.class)
                .handleResultIf(RetryingMerge::isTransient)
                .build();
        return Failsafe.with(retryPolicy).get(() -> pulls.merge(number, head, method, title, message));
    }

    private static boolean isTransient(PullRequests.Merge outcome) {
        return outcome instanceof PullRequests.Merge.NotMergeable(String reason) && isOutOfDate(reason);
    }

    /** Whether the branch moved, rather than that a rule refused the merge. */
    static boolean isOutOfDate(String reason) {
        return OUT_OF_DATE.stream().anyMatch(reason.toLowerCase(Locale.ROOT)::contains);
    }
}
