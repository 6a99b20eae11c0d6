package dev.bastion.access.proposal;

import java.util.List;

/**
 * The pull requests into the ledger's branch, as GitHub listed them.
 *
 * @param proposals the waiting ones, and those that ended in the last day
 * @param open every open one, except those by which the service writes to the ledger
 */
public record PullRequestsSnapshot(List<ProposalSnapshot> proposals, List<ManualPullRequest> open) {
    public static final PullRequestsSnapshot EMPTY = new PullRequestsSnapshot(List.of(), List.of());

    public PullRequestsSnapshot {
        proposals = List.copyOf(proposals);
        open = List.copyOf(open);
    }
}
