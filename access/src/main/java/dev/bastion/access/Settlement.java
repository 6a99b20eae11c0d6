package dev.bastion.access;

import java.util.List;

/** What becomes of a proposal. */
public sealed interface Settlement {
    /** Enough others agree. */
    record Merge(List<Approval> approvals) implements Settlement {
        public Merge {
            approvals = List.copyOf(approvals);
        }
    }

    /** Not yet, and everything that is still wanted. */
    record Wait(List<Wanting> reasons) implements Settlement {
        public Wait {
            reasons = List.copyOf(reasons);
        }
    }

    /** Nobody approved in time. */
    record Lapse() implements Settlement {}

    /** Never. */
    record Refuse(Refusal why) implements Settlement {}

    /** The forge says it is over already; nothing is to be done but to tell people. */
    record Over(ProposalSnapshot.State state) implements Settlement {}
}
