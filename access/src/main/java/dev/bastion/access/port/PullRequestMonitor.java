package dev.bastion.access.port;

import dev.bastion.access.proposal.PullRequestsSnapshot;

/** Reader of the forge's pull requests into the ledger's branch. */
public interface PullRequestMonitor {
    /**
     * Every open pull request, and the proposals that ended in the last day. Costs one call when nothing has changed.
     *
     * @throws ObservationFailed when the forge does not answer: nothing is known then
     * @throws LedgerUnreachable when git does not answer
     */
    PullRequestsSnapshot look();
}
