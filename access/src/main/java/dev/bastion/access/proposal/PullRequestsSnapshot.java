package dev.bastion.access.proposal;

import java.util.List;

/**
 * The pull requests into the ledger's branch, as one list of the forge had them.
 *
 * @param proposals those the service made: all that wait, and those that ended in the last day
 * @param open every open one, whoever made it, except those the service makes to write into the ledger
 */
public record PullRequestsSnapshot(List<ProposalSnapshot> proposals, List<ManualPullRequest> open) {
    public static final PullRequestsSnapshot EMPTY = new PullRequestsSnapshot(List.of(), List.of());

    public PullRequestsSnapshot {
        proposals = List.copyOf(proposals);
        open = List.copyOf(open);
    }
}
