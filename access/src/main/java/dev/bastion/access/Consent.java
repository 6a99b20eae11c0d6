package dev.bastion.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Why a grant could be opened, as the ledger says. */
public sealed interface Consent {
    /** The policy asks nobody else; or somebody wrote the grant by hand and the commit says nothing. */
    record ByPolicy() implements Consent {}

    /**
     * Others approved.
     *
     * @param duration how long was approved
     * @param at when there were enough of them and the grant was opened, whole seconds: its clock starts here
     */
    record Approved(List<Approval> approvals, GrantDuration duration, Instant at) implements Consent {
        public Approved {
            approvals = List.copyOf(approvals);
            Moments.requireWholeSeconds(at);
        }
    }

    /**
     * Nobody was waited for.
     *
     * @param endorsedBy who approved after the fact; empty while nobody has
     */
    record BrokenGlass(Optional<Person> endorsedBy) implements Consent {}
}
