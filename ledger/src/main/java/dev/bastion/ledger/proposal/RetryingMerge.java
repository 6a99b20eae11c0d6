package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.github.PullRequests;
import dev.bastion.ledger.write.RetryBackoff;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.util.List;
import java.util.Locale;

/**
 * Merges, and tries again shortly while the forge is only catching up: it answers {@code Base branch was modified} when the
 * branch has moved under it, and {@code Pull Request is not mergeable} also when it has not looked yet.
 */
record RetryingMerge(PullRequests pulls, PullRequests.MergeMethod method) {
    private static final List<String> CATCHING_UP = List.of("was modified", "is not mergeable");
    private static final RetryPolicy<PullRequests.Merge> RETRY_POLICY = RetryBackoff.<PullRequests.Merge>attempts(4)
            .handleResultIf(RetryingMerge::mayPass)
            .build();

    PullRequests.Merge of(int number, CommitId head, String title, String message) {
        return Failsafe.with(RETRY_POLICY).get(() -> pulls.merge(number, head, method, title, message));
    }

    private static boolean mayPass(PullRequests.Merge outcome) {
        return outcome instanceof PullRequests.Merge.NotMergeable(String why)
                && CATCHING_UP.stream().anyMatch(why.toLowerCase(Locale.ROOT)::contains);
    }
}
