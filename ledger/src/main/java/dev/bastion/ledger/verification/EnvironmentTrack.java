package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.ledger.history.EnvironmentHistory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One environment during a verification.
 *
 * @param history what is open, as the service understands it
 * @param unapproved the moves that still need an approval which a signed entry names, oldest first
 */
record EnvironmentTrack(EnvironmentHistory history, List<Unapproved> unapproved) {
    /** Far more than one grant has; of more, the first ones are findings. */
    private static final int MOST_UNAPPROVED = 100;

    /** A move that the policy of its moment wanted an approval for. */
    record Unapproved(CommitId commit, int place, Instant at, String what) {}

    EnvironmentTrack {
        unapproved = List.copyOf(unapproved);
    }

    static EnvironmentTrack of(EnvironmentName environment) {
        return new EnvironmentTrack(EnvironmentHistory.of(environment), List.of());
    }

    EnvironmentTrack with(EnvironmentHistory now) {
        return new EnvironmentTrack(now.withoutPastBeyond(0), unapproved);
    }

    EnvironmentTrack needing(Unapproved move) {
        return unapproved.size() >= MOST_UNAPPROVED
                ? this
                : new EnvironmentTrack(
                        history,
                        Stream.concat(unapproved.stream(), Stream.of(move)).toList());
    }

    /** The same, now that an entry says who approved what this commit did. */
    EnvironmentTrack approved(Optional<CommitId> commit) {
        return new EnvironmentTrack(
                history,
                unapproved.stream()
                        .filter(move -> !commit.equals(Optional.of(move.commit())))
                        .toList());
    }

    EnvironmentTrack settled() {
        return new EnvironmentTrack(history, List.of());
    }
}
