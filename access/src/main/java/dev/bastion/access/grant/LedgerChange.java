package dev.bastion.access.grant;

import java.time.Instant;
import java.util.Optional;

/** A change to the ledger. It names the state that it requires when it is recorded; any other is a conflict. */
public sealed interface LedgerChange {
    EnvironmentName environment();

    /** Access starts; the environment must be closed. */
    record Open(AccessRequest request, Instant createdAt, Instant expiresAt, Optional<AnnouncementRef> shownIn)
            implements LedgerChange {
        public Open {
            Timestamps.requireWholeSeconds(createdAt);
            Timestamps.requireWholeSeconds(expiresAt);
        }

        @Override
        public EnvironmentName environment() {
            return request.environment();
        }

        public Open shownIn(Optional<AnnouncementRef> announcement) {
            return new Open(request, createdAt, expiresAt, announcement);
        }
    }

    /**
     * The end moves; the grant must still be {@code from}.
     *
     * @param at when it was decided, fixed once, so that a retry yields the same bytes
     */
    record Extend(Grant from, Instant newEnd, Person by, Instant at) implements LedgerChange {
        public Extend {
            Timestamps.requireWholeSeconds(at);
            Timestamps.requireWholeSeconds(newEnd);
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
     */
    record Start(Grant from, Instant at, Instant newEnd, Optional<ApprovalBasis.Approved> approved)
            implements LedgerChange {
        /** The start of a grant whose approvals its merge names. */
        public Start(Grant from, Instant at, Instant newEnd) {
            this(from, at, newEnd, Optional.empty());
        }

        public Start {
            Timestamps.requireWholeSeconds(at);
            Timestamps.requireWholeSeconds(newEnd);
        }

        @Override
        public EnvironmentName environment() {
            return from.environment();
        }
    }

    /** A break-glass grant is approved retroactively; it must still be {@code grant}. */
    record Approve(Grant grant, Person by, Instant at) implements LedgerChange {
        public Approve {
            Timestamps.requireWholeSeconds(at);
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
