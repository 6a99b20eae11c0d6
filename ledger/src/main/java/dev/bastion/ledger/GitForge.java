package dev.bastion.ledger;

import dev.bastion.access.port.NoApprovals;
import dev.bastion.access.port.PolicyCheckPublisher;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.port.PullRequestMonitor;
import dev.bastion.access.proposal.PullRequestsSnapshot;

/**
 * The forge beside a ledger.
 *
 * @param proposals where changes to the ledger wait for approval
 * @param pullRequests reads every pull request into the ledger
 * @param checks says on them whether they obey the policy
 */
public record GitForge(ProposalRepository proposals, PullRequestMonitor pullRequests, PolicyCheckPublisher checks) {
    /** For a service that was given no forge. */
    public static GitForge none() {
        return new GitForge(new NoApprovals(), () -> PullRequestsSnapshot.EMPTY, (_, _) -> false);
    }
}
