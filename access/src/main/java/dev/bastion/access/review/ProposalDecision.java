package dev.bastion.access.review;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import java.util.List;

/** The decision on a proposal. */
public sealed interface ProposalDecision {
    record Merge(List<Approval> approvals) implements ProposalDecision {
        public Merge {
            approvals = List.copyOf(approvals);
        }
    }

    record Wait(List<UnmetRequirement> reasons) implements ProposalDecision {
        public Wait {
            reasons = List.copyOf(reasons);
        }
    }

    record Lapse() implements ProposalDecision {}

    record Refuse(Refusal why) implements ProposalDecision {}

    /** Denied in Slack, as the ledger has it; the pull request is still open. */
    record Deny(Observation.Denied denial) implements ProposalDecision {}

    /** Merged or closed already. */
    record Over(ProposalSnapshot.State state) implements ProposalDecision {}
}
