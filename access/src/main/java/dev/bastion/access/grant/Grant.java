package dev.bastion.access.grant;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Access in force: what the environment file on the default branch says.
 *
 * @param createdAt when it began; an extension does not move it, so {@code expiresAt - createdAt} is the total
 * @param openedBy the commit that opened it
 * @param shownIn its announcement, when known
 * @param approvalBasis why it could be opened
 * @param madeByHand whether it was written into the file without the service; the service ends it like any other
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
        ApprovalBasis approvalBasis,
        boolean madeByHand) {
    public Grant {
        Timestamps.requireWholeSeconds(createdAt);
        Timestamps.requireWholeSeconds(expiresAt);
    }

    /** A grant that the policy alone let in. */
    public Grant(
            EnvironmentName environment,
            RequestId request,
            Person holder,
            Reason reason,
            Instant createdAt,
            Instant expiresAt,
            CommitId openedBy,
            Optional<AnnouncementRef> shownIn,
            boolean madeByHand) {
        this(
                environment,
                request,
                holder,
                reason,
                createdAt,
                expiresAt,
                openedBy,
                shownIn,
                new ApprovalBasis.ByPolicy(),
                madeByHand);
    }

    public boolean hasEnded(Instant now) {
        return !now.isBefore(expiresAt);
    }

    public Duration total() {
        return Duration.between(createdAt, expiresAt);
    }

    /** The same grant with another end. */
    public Grant until(Instant newEnd) {
        return between(createdAt, newEnd);
    }

    /** The same grant with another beginning and end. */
    public Grant between(Instant newStart, Instant newEnd) {
        return copy(newStart, newEnd, shownIn, approvalBasis);
    }

    /** The same grant, allowed in another way. */
    public Grant with(ApprovalBasis newApprovalBasis) {
        return copy(createdAt, expiresAt, shownIn, newApprovalBasis);
    }

    /** The same grant, shown there. */
    public Grant shownIn(AnnouncementRef announcement) {
        return copy(createdAt, expiresAt, Optional.of(announcement), approvalBasis);
    }

    /** The same grant; what makes it this grant cannot change. */
    private Grant copy(Instant start, Instant end, Optional<AnnouncementRef> announcement, ApprovalBasis basis) {
        return new Grant(environment, request, holder, reason, start, end, openedBy, announcement, basis, madeByHand);
    }

    /** Whether an unsigned merge names its approvals, and its clock has not been started at the moment of approval. */
    public boolean isClockPending() {
        return approvalBasis instanceof ApprovalBasis.Approved(var _, var _, Instant at, var head)
                && head.isEmpty()
                && createdAt.isBefore(at);
    }

    /** Whether the other is the same grant with the same end. */
    public boolean hasSameExpiryAs(Grant other) {
        return environment.equals(other.environment)
                && request.equals(other.request)
                && expiresAt.equals(other.expiresAt);
    }
}
