package dev.bastion.access.grant;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The stage of a grant, each from an observation. */
public sealed interface GrantStage {
    /** In the ledger; CI has yet to apply it. */
    record Applying(Optional<URI> run) implements GrantStage {}

    /** CI failed to apply it. */
    record ApplyFailed(String what, Optional<URI> run) implements GrantStage {}

    /** Seen online. */
    record Ready(Connection connection) implements GrantStage {}

    /** Its end is near; the connection is empty when the bastion is not seen online. */
    record EndsSoon(Optional<Connection> connection) implements GrantStage {}

    /** The clock has passed and the file still says 1. */
    record Overdue(Duration by) implements GrantStage {}

    /** Reverted in the ledger; CI has yet to apply it. */
    record Closing(PastGrant past, Optional<URI> run) implements GrantStage {}

    /** Reverted so long ago that the bastion should be gone, and it is still seen: an alarm. */
    record Lingering(PastGrant past, Duration since, BastionObservation bastion) implements GrantStage {}

    /** Seen to be absent. */
    record Gone(PastGrant past, Instant seenAt) implements GrantStage {}

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
        return switch (apply) {
            case ApplyStatus.Failed(var what, var run) -> new ApplyFailed(what, run);
            case ApplyStatus.Running(var run) -> new Applying(run);
            case ApplyStatus.Succeeded(var run) -> new Applying(run);
            case ApplyStatus.Unknown _ -> new Applying(Optional.empty());
        };
    }

    /**
     * The stage of a grant that is over. While CI has yet to apply the reversion, an absent
     * bastion may still appear, so absence counts when CI has finished or, without reports, after {@link #UNREPORTED}.
     *
     * @param grace how long a bastion may take to go
     */
    static GrantStage ofPast(
            PastGrant past, Optional<BastionObservation> bastion, ApplyStatus apply, Duration grace, Instant now) {
        Duration since = Duration.between(past.endedAt(), now);
        Optional<URI> run = apply instanceof ApplyStatus.Running(var at) ? at : Optional.empty();
        if (bastion.isPresent()) {
            return since.compareTo(grace) > 0 ? new Lingering(past, since, bastion.get()) : new Closing(past, run);
        }
        boolean reviewed = switch (apply) {
            case ApplyStatus.Running _ -> since.compareTo(grace) > 0;
            case ApplyStatus.Unknown _ -> since.compareTo(UNREPORTED) > 0;
            case ApplyStatus.Succeeded _, ApplyStatus.Failed _ -> true;
        };
        return reviewed ? new Gone(past, now) : new Closing(past, run);
    }

    /** How long absence must last where CI reports nothing: longer than CI takes to pick a push up. */
    Duration UNREPORTED = Duration.ofMinutes(1);
}
