package dev.bastion.access.grant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Why a grant could be opened, as the ledger says. */
public sealed interface ApprovalBasis {
    /** The policy asks nobody else; or somebody wrote the grant by hand and the commit says nothing. */
    record ByPolicy() implements ApprovalBasis {}

    /**
     * Others approved.
     *
     * @param duration how long was approved
     * @param at when there were enough of them and the grant was opened, whole seconds: its clock starts here
     */
    record Approved(List<Approval> approvals, GrantDuration duration, Instant at) implements ApprovalBasis {
        public Approved {
            approvals = List.copyOf(approvals);
            Timestamps.requireWholeSeconds(at);
        }
    }

    /**
     * Nobody was waited for.
     *
     * @param approvedBy who approved after the fact; empty while nobody has
     */
    record BreakGlass(Optional<Person> approvedBy) implements ApprovalBasis {}
}
