package dev.bastion.access.grant;

import dev.bastion.access.membership.Membership;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The reason why a grant could be opened, as the ledger has it. */
public sealed interface ApprovalBasis {
    /** Whether a signed entry says who approved. */
    default boolean isSignedApproval() {
        return false;
    }

    /** No approval was needed; or the grant was made by hand and its commit names no basis. */
    record ByPolicy() implements ApprovalBasis {}

    /**
     * Approved by reviews.
     *
     * @param duration the approved duration
     * @param at when there were enough approvals, whole seconds; the clock starts here
     * @param head the commit that was approved, as an entry with the service's signature names it; empty where only an
     *     unsigned message says so
     */
    record Approved(List<Approval> approvals, GrantDuration duration, Instant at, Optional<CommitId> head)
            implements ApprovalBasis {
        public Approved {
            approvals = List.copyOf(approvals);
            Timestamps.requireWholeSeconds(at);
        }

        /** An approval that only an unsigned message names. */
        public Approved(List<Approval> approvals, GrantDuration duration, Instant at) {
            this(approvals, duration, at, Optional.empty());
        }

        @Override
        public boolean isSignedApproval() {
            return head.isPresent();
        }
    }

    /**
     * Brought by a commit that the service did not sign, in a ledger whose entries are signed: no entry says yet who approved
     * it.
     *
     * @param duration the duration that was requested, where it is a merged proposal of the service
     */
    record Unconfirmed(Optional<GrantDuration> duration) implements ApprovalBasis {}

    /**
     * Opened without waiting for approval.
     *
     * @param approvedBy the retroactive approver; empty until then
     * @param memberships by which external audiences the approver was one, as the entry of the approval has it
     */
    record BreakGlass(Optional<Person> approvedBy, List<Membership> memberships) implements ApprovalBasis {
        public BreakGlass {
            memberships = List.copyOf(memberships);
        }

        /** An approver by name or group, or none yet. */
        public BreakGlass(Optional<Person> approvedBy) {
            this(approvedBy, List.of());
        }
    }
}
