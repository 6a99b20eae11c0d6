package dev.bastion.access;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How far a grant has come, each stage from an observation. */
public sealed interface Stage {
    /** In the ledger; CI is to make it true. */
    record Applying(Optional<URI> run) implements Stage {}

    /** CI failed to make it true. */
    record ApplyFailed(String what, Optional<URI> run) implements Stage {}

    /** Seen online. */
    record Ready(Connection connection) implements Stage {}

    /** Its end is near; the connection is empty when the bastion is not seen online. */
    record EndsSoon(Optional<Connection> connection) implements Stage {}

    /** The clock has passed and the file still says 1. */
    record Overdue(Duration by) implements Stage {}

    /** Reverted in the ledger; CI is to make it true. */
    record Closing(PastGrant past, Optional<URI> run) implements Stage {}

    /** Reverted so long ago that the bastion should be gone, and it is still seen: an alarm. */
    record Lingering(PastGrant past, Duration since, Sighting bastion) implements Stage {}

    /** Seen to be absent. */
    record Gone(PastGrant past, Instant seenAt) implements Stage {}

    /** The stage of a grant that is open, from what is seen. */
    static Stage ofOpen(
            Grant grant, Optional<Sighting> bastion, ApplyReport apply, EnvironmentRules rules, Instant now) {
        if (grant.hasEnded(now)) {
            return new Overdue(Duration.between(grant.expiresAt(), now));
        }
        Optional<Connection> connection = bastion.flatMap(Sighting::connection);
        if (!now.isBefore(grant.expiresAt().minus(rules.warningBeforeEnd()))) {
            return new EndsSoon(connection);
        }
        if (connection.isPresent()) {
            return new Ready(connection.get());
        }
        return switch (apply) {
            case ApplyReport.Failed(var what, var run) -> new ApplyFailed(what, run);
            case ApplyReport.Running(var run) -> new Applying(run);
            case ApplyReport.Succeeded(var run) -> new Applying(run);
            case ApplyReport.Unknown _ -> new Applying(Optional.empty());
        };
    }

    /**
     * The stage of a grant that is over. A bastion that is absent while CI has still to apply the reversion may only not
     * have come yet, so absence counts once CI is done with it or, where nobody reports, after a moment.
     *
     * @param grace how long a bastion may take to go
     */
    static Stage ofPast(PastGrant past, Optional<Sighting> bastion, ApplyReport apply, Duration grace, Instant now) {
        Duration since = Duration.between(past.endedAt(), now);
        Optional<URI> run = apply instanceof ApplyReport.Running(var at) ? at : Optional.empty();
        if (bastion.isPresent()) {
            return since.compareTo(grace) > 0 ? new Lingering(past, since, bastion.get()) : new Closing(past, run);
        }
        boolean settled = switch (apply) {
            case ApplyReport.Running _ -> since.compareTo(grace) > 0;
            case ApplyReport.Unknown _ -> since.compareTo(UNREPORTED) > 0;
            case ApplyReport.Succeeded _, ApplyReport.Failed _ -> true;
        };
        return settled ? new Gone(past, now) : new Closing(past, run);
    }

    /** How long absence must last where CI reports nothing: longer than CI takes to pick a push up. */
    Duration UNREPORTED = Duration.ofMinutes(1);
}
