package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.ledger.history.EnvironmentHistory;
import java.time.Instant;
import java.util.Optional;

/**
 * One environment during a verification.
 *
 * @param history what is open, as the service understands it
 * @param unapproved the move that still needs an approval which a signed entry names
 */
record EnvironmentTrack(EnvironmentHistory history, Optional<Unapproved> unapproved) {
    /** A move that the policy of its moment wanted an approval for. */
    record Unapproved(CommitId commit, int place, Instant at, String what) {}

    static EnvironmentTrack of(EnvironmentName environment) {
        return new EnvironmentTrack(EnvironmentHistory.of(environment), Optional.empty());
    }

    EnvironmentTrack with(EnvironmentHistory now) {
        return new EnvironmentTrack(now.withoutPastBeyond(0), unapproved);
    }

    EnvironmentTrack needing(Unapproved move) {
        return new EnvironmentTrack(history, unapproved.or(() -> Optional.of(move)));
    }

    EnvironmentTrack approved() {
        return new EnvironmentTrack(history, Optional.empty());
    }
}
