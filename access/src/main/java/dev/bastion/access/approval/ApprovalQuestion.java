package dev.bastion.access.approval;

import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.proposal.ProposalSnapshot;
import java.util.List;

/**
 * What an approver sees before they decide.
 *
 * @param history the requester's last grants, newest first
 */
public record ApprovalQuestion(ProposalSnapshot seen, List<PastGrant> history) {
    public ApprovalQuestion {
        history = List.copyOf(history);
    }
}
