package dev.bastion.access.port;

import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.proposal.PullRequestsSnapshot;

/** Reader of GitHub's pull requests into the ledger's branch. */
public interface PullRequestMonitor {
    /**
     * Every open pull request, and the proposals that ended in the last day. Costs one call when nothing has changed.
     *
     * @throws ObservationFailed when GitHub does not answer
     * @throws LedgerUnreachable when git does not answer
     */
    PullRequestsSnapshot look();
}
