package dev.bastion.access.grant;

import dev.bastion.access.grant.BastionObservation.Connection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The stage of a grant, each from an observation. */
public sealed interface GrantStage {
    /**
     * In the ledger, and not seen online: CI has yet to apply it, or its agent does not register.
     *
     * @param isSlow whether that takes longer than it should
     */
    record Applying(Optional<URI> run, boolean isSlow) implements GrantStage {
        /** The time from access to an online bastion that no ordinary run of CI exceeds. */
        public static final Duration SLOW_AFTER = Duration.ofMinutes(5);

        public Applying(Optional<URI> run) {
            this(run, false);
        }
    }

    /** CI failed to apply it. */
    record ApplyFailed(String what, Optional<URI> run) implements GrantStage {}

    /** Seen online. */
    record Ready(Connection connection) implements GrantStage {}

    /** Its end is near; the connection is empty when the bastion is not seen online. */
    record EndsSoon(Optional<Connection> connection) implements GrantStage {}

    /** In force, but its file cannot be read: its end stands, and nothing else can be said. */
    record Unreadable(String problem) implements GrantStage {}

    /** The clock has passed and the file still says 1. */
    record Overdue(Duration by) implements GrantStage {
        /** The time that the reversion of its file may take. */
        private static final Duration REVERSION_TAKES = Duration.ofSeconds(45);

        /** Whether the reversion takes so long that people must know. */
        public boolean isAlarming() {
            return by.compareTo(REVERSION_TAKES) >= 0;
        }
    }

    /**
     * Reverted in the ledger, and not proven to be gone.
     *
     * @param presumedGoneAt when it counts as gone without further reports of CI; empty while its bastion is seen
     */
    record Closing(PastGrant past, Wait waitsFor, Optional<Instant> presumedGoneAt) implements GrantStage {}

    /** What a closing grant waits for. */
    sealed interface Wait {
        /** CI has reported nothing on the reversion: it is queued, or CI is silent. */
        record NoReport() implements Wait {}

        /** CI applies the reversion. */
        record Running(Optional<URI> run) implements Wait {}

        /** CI failed to apply the reversion, and the bastion is still seen. */
        record Failed(String what, Optional<URI> run) implements Wait {}

        /**
         * CI has finished the reversion, but an earlier commit of the grant is queued or running: it can still create the
         * bastion.
         */
        record EarlierRun(CommitId commit, Optional<URI> run) implements Wait {}

        /** CI has applied the reversion; AWS has yet to show it. */
        record Removal() implements Wait {}

        /** CI has finished everything so lately that AWS may not show yet what an earlier run created. */
        record Listing() implements Wait {}

        /** AWS does not answer, so that nobody can see whether the bastion is there. */
        record Unobserved() implements Wait {}

        /**
         * AWS refuses to show bastions, until a person changes a setting.
         *
         * @param answered AWS's own words
         * @param remedy what to change, without a period at its end
         */
        record ObservationRefused(String answered, String remedy) implements Wait {}
    }

    /** Reverted so long ago that the bastion should be gone, and it is still seen: an alarm. */
    record Lingering(PastGrant past, Duration since, BastionObservation bastion) implements GrantStage {}

    /**
     * Seen to be absent, with nothing of CI to come that could create it.
     *
     * @param failure CI's failure to apply the reversion, which may have left other resources behind
     */
    record Gone(PastGrant past, Instant seenAt, Optional<ApplyStatus.Failed> failure) implements GrantStage {
        public Gone(PastGrant past, Instant seenAt) {
            this(past, seenAt, Optional.empty());
        }
    }

    /** The stage of a grant that is open, from what is seen. */
    static GrantStage ofOpen(
            Grant grant,
            Optional<BastionObservation> bastion,
            ApplyStatus apply,
            Duration warningBeforeEnd,
            Instant now) {
        if (grant.hasEnded(now)) {
            return new Overdue(Duration.between(grant.expiresAt(), now));
        }
        Optional<Connection> connection = bastion.flatMap(BastionObservation::connection);
        if (!now.isBefore(grant.expiresAt().minus(warningBeforeEnd))) {
            return new EndsSoon(connection);
        }
        if (connection.isPresent()) {
            return new Ready(connection.get());
        }
        boolean isSlow = grant.createdAt().plus(Applying.SLOW_AFTER).isBefore(now);
        return apply instanceof ApplyStatus.Failed(var what, var run, var _)
                ? new ApplyFailed(what, run)
                : new Applying(apply.run(), isSlow);
    }
}
