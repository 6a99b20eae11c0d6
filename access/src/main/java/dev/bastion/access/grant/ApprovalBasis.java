package dev.bastion.access.grant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The reason why a grant could be opened, as the ledger has it. */
public sealed interface ApprovalBasis {
    /** No approval was needed; or the grant was made by hand and its commit names no basis. */
    record ByPolicy() implements ApprovalBasis {}

    /**
     * Approved by reviews.
     *
     * @param duration the approved duration
     * @param at when there were enough approvals, whole seconds; the clock starts here
     */
    record Approved(List<Approval> approvals, GrantDuration duration, Instant at) implements ApprovalBasis {
        public Approved {
            approvals = List.copyOf(approvals);
            Timestamps.requireWholeSeconds(at);
        }
    }

    /**
     * Opened without waiting for approval.
     *
     * @param approvedBy the retroactive approver; empty until then
     */
    record BreakGlass(Optional<Person> approvedBy) implements ApprovalBasis {}
}
