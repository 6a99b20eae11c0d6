package dev.bastion.access.port;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.proposal.ProposalStatus;
import java.util.List;
import java.util.Optional;

/** The reason why messages that asked people to act have nothing to ask any more, or less. */
public sealed interface Resolution {
    /**
     * A proposal has ended, so that its approvers have nothing to review.
     *
     * @param status not {@link dev.bastion.access.proposal.ProposalStage.Waiting}
     * @param asked by private messages
     */
    record Decided(ProposalStatus status, List<Person> asked) implements Resolution {
        public Decided {
            asked = List.copyOf(asked);
        }
    }

    /**
     * Break-glass access is over, or needs no approval any more.
     *
     * @param past how it ended; empty while it is open
     * @param awaitsApproval whether an approver must still approve it retroactively
     * @param approvers who was asked
     */
    record BreakGlass(Grant grant, Optional<PastGrant> past, boolean awaitsApproval, List<Person> approvers)
            implements Resolution {
        public BreakGlass {
            approvers = List.copyOf(approvers);
        }
    }

    /**
     * The policy allows an open grant that an alarm may have reported.
     *
     * @param by the commit that opened the grant, or moved its end last
     */
    record Allowed(Grant grant, CommitId by) implements Resolution {}

    /** A grant that an alarm may have reported has ended. */
    record Ended(PastGrant past) implements Resolution {}
}
