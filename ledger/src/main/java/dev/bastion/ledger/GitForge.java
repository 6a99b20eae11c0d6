package dev.bastion.ledger;

import dev.bastion.access.port.NoApprovals;
import dev.bastion.access.port.PolicyCheckPublisher;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.port.PullRequestMonitor;
import dev.bastion.access.proposal.PullRequestsSnapshot;

/**
 * The forge that hosts a ledger's repository.
 *
 * @param proposals the changes to the ledger that wait for approval
 * @param pullRequests reads every pull request into the ledger
 * @param checks reports on each of them whether the policy allows it
 */
public record GitForge(ProposalRepository proposals, PullRequestMonitor pullRequests, PolicyCheckPublisher checks) {
    /** The forge of a service without {@code github.repository}: it has no proposals and no pull requests. */
    public static GitForge none() {
        return new GitForge(new NoApprovals(), () -> PullRequestsSnapshot.EMPTY, (_, _) -> false);
    }
}
