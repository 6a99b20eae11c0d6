package dev.bastion.access.policy;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import java.util.List;

/** What becomes of a proposal. */
public sealed interface ProposalDecision {
    /** Enough others agree. */
    record Merge(List<Approval> approvals) implements ProposalDecision {
        public Merge {
            approvals = List.copyOf(approvals);
        }
    }

    /** Not yet, and everything that is still wanted. */
    record Wait(List<UnmetRequirement> reasons) implements ProposalDecision {
        public Wait {
            reasons = List.copyOf(reasons);
        }
    }

    /** Nobody approved in time. */
    record Lapse() implements ProposalDecision {}

    /** Never. */
    record Refuse(Refusal why) implements ProposalDecision {}

    /** The forge says it is over already; nothing is to be done but to tell people. */
    record Over(ProposalSnapshot.State state) implements ProposalDecision {}
}
