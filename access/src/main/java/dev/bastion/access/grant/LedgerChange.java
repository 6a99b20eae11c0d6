package dev.bastion.access.grant;

import dev.bastion.access.membership.Membership;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A change to the ledger. It names the state that it requires when it is recorded; any other is a conflict. */
public sealed interface LedgerChange {
    EnvironmentName environment();

    /** The request whose grant it opens or changes. */
    default RequestId requestId() {
        return switch (this) {
            case Open open -> open.request.id();
            case Extend extend -> extend.from.request();
            case Start start -> start.from.request();
            case ConfirmEnd confirm -> confirm.grant.request();
            case Approve approve -> approve.grant.request();
            case Close close -> close.grant.request();
        };
    }

    /**
     * Access starts; the environment must be closed.
     *
     * @param counted the holder's grants that the limits have counted: the holder must have no other. Empty for any
     * @param memberships by which external audiences the holder may have it
     */
    record Open(
            AccessRequest request,
            Instant createdAt,
            Instant expiresAt,
            Optional<AnnouncementRef> shownIn,
            Optional<Set<RequestId>> counted,
            List<Membership> memberships)
            implements LedgerChange {
        public Open {
            Timestamps.requireWholeSeconds(createdAt);
            Timestamps.requireWholeSeconds(expiresAt);
            counted = counted.map(Set::copyOf);
            memberships = List.copyOf(memberships);
        }

        public Open(AccessRequest request, Instant createdAt, Instant expiresAt, Optional<AnnouncementRef> shownIn) {
            this(request, createdAt, expiresAt, shownIn, Optional.empty(), List.of());
        }

        @Override
        public EnvironmentName environment() {
            return request.environment();
        }

        public Open shownIn(Optional<AnnouncementRef> announcement) {
            return new Open(request, createdAt, expiresAt, announcement, counted, memberships);
        }

        /** The same change, of a person who has these open grants, of which some may be another person's. */
        public Open counting(List<Grant> open) {
            var theirs = open.stream()
                    .filter(grant -> grant.holder().is(request.requester()))
                    .map(Grant::request)
                    .collect(Collectors.toSet());
            return new Open(request, createdAt, expiresAt, shownIn, Optional.of(theirs), memberships);
        }

        /** The same change, of a holder who may have it by these external audiences. */
        public Open by(List<Membership> audiences) {
            return new Open(request, createdAt, expiresAt, shownIn, counted, audiences);
        }

        /** Whether the limits have counted every one of these open grants that is the holder's. */
        public boolean hasCounted(Stream<Grant> open) {
            return counted.isEmpty()
                    || open.filter(grant -> grant.holder().is(request.requester()))
                            .map(Grant::request)
                            .allMatch(counted.get()::contains);
        }
    }

    /**
     * The end moves; the grant must still be {@code from}.
     *
     * @param at when it was decided, fixed once, so that a retry yields the same bytes
     * @param origin where the request came from; empty for Slack
     */
    record Extend(Grant from, Instant newEnd, Person by, Instant at, Optional<AccessRequest.Origin> origin)
            implements LedgerChange {
        public Extend {
            Timestamps.requireWholeSeconds(at);
            Timestamps.requireWholeSeconds(newEnd);
        }

        /** An extension from Slack. */
        public Extend(Grant from, Instant newEnd, Person by, Instant at) {
            this(from, newEnd, by, at, Optional.empty());
        }

        @Override
        public EnvironmentName environment() {
            return from.environment();
        }
    }

    /**
     * The clock of an approved grant starts: it was opened with the latest end it could have, and from here on it lasts as
     * long as was approved. The grant must still be {@code from}.
     *
     * @param at when it began: at the approval, or, for a grant that keeps its times, when its file says
     * @param approved the approvals, where this entry is what later readers trust
     * @param memberships by which external audiences the holder may have it
     */
    record Start(
            Grant from,
            Instant at,
            Instant newEnd,
            Optional<ApprovalBasis.Approved> approved,
            List<Membership> memberships)
            implements LedgerChange {
        /** The start of a grant whose approvals its merge names. */
        public Start(Grant from, Instant at, Instant newEnd) {
            this(from, at, newEnd, Optional.empty());
        }

        public Start(Grant from, Instant at, Instant newEnd, Optional<ApprovalBasis.Approved> approved) {
            this(from, at, newEnd, approved, List.of());
        }

        public Start {
            memberships = List.copyOf(memberships);
            Timestamps.requireWholeSeconds(at);
            Timestamps.requireWholeSeconds(newEnd);
        }

        @Override
        public EnvironmentName environment() {
            return from.environment();
        }
    }

    /**
     * An end that a merge has set gets its approvals; the grant must still be {@code grant}, with that end and without them.
     *
     * @param by the person who asked for the end
     */
    record ConfirmEnd(Grant grant, Person by, ApprovalBasis.Approved approved) implements LedgerChange {
        @Override
        public EnvironmentName environment() {
            return grant.environment();
        }
    }

    /**
     * A break-glass grant is approved retroactively; it must still be {@code grant}.
     *
     * @param memberships by which external audiences the person is an approver
     */
    record Approve(Grant grant, Person by, Instant at, List<Membership> memberships) implements LedgerChange {
        public Approve {
            Timestamps.requireWholeSeconds(at);
            memberships = List.copyOf(memberships);
        }

        public Approve(Grant grant, Person by, Instant at) {
            this(grant, by, at, List.of());
        }

        @Override
        public EnvironmentName environment() {
            return grant.environment();
        }
    }

    /** Access ends; the grant must still be {@code grant}, with the same end, so that an extension recorded first survives. */
    record Close(Grant grant, End end, Instant at) implements LedgerChange {
        public Close {
            Timestamps.requireWholeSeconds(at);
        }

        @Override
        public EnvironmentName environment() {
            return grant.environment();
        }
    }
}
