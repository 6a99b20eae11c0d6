package dev.bastion.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Access in force: what the environment file on the default branch says.
 *
 * @param createdAt when it began; an extension does not move it, so {@code expiresAt - createdAt} is the total
 * @param openedBy the commit that opened it
 * @param shownIn where people see it; empty while no announcement is known
 * @param madeByHand somebody wrote it into the file without the service; it is timed and ended like any other
 */
public record Grant(
        EnvironmentName environment,
        RequestId request,
        Person holder,
        Reason reason,
        Instant createdAt,
        Instant expiresAt,
        CommitId openedBy,
        Optional<AnnouncementRef> shownIn,
        boolean madeByHand) {
    public Grant {
        Moments.requireWholeSeconds(createdAt);
        Moments.requireWholeSeconds(expiresAt);
    }

    public boolean hasEnded(Instant now) {
        return !now.isBefore(expiresAt);
    }

    public Duration total() {
        return Duration.between(createdAt, expiresAt);
    }

    public Grant until(Instant newEnd) {
        return new Grant(environment, request, holder, reason, createdAt, newEnd, openedBy, shownIn, madeByHand);
    }

    public Grant shownIn(AnnouncementRef announcement) {
        return new Grant(
                environment,
                request,
                holder,
                reason,
                createdAt,
                expiresAt,
                openedBy,
                Optional.of(announcement),
                madeByHand);
    }

    /** Whether the other is this very grant with this very end, whatever else is known about either. */
    public boolean isStill(Grant other) {
        return environment.equals(other.environment)
                && request.equals(other.request)
                && expiresAt.equals(other.expiresAt);
    }
}
