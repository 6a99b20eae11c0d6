package dev.bastion.access.grant;

import java.time.Instant;
import java.util.Optional;

/** What may be written down. Each carries what must still be true when it is written, and is otherwise a conflict. */
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
     * @param at when it was approved
     */
    record Start(Grant from, Instant at, Instant newEnd) implements LedgerChange {
        public Start {
            Timestamps.requireWholeSeconds(at);
            Timestamps.requireWholeSeconds(newEnd);
        }

        @Override
        public EnvironmentName environment() {
            return from.environment();
        }
    }

    /** Somebody approves after the fact what was opened by breaking glass; the grant must still be {@code grant}. */
    record Approve(Grant grant, Person by, Instant at) implements LedgerChange {
        public Approve {
            Timestamps.requireWholeSeconds(at);
        }

        @Override
        public EnvironmentName environment() {
            return grant.environment();
        }
    }

    /** Access ends; the grant must still be {@code grant}, end and all, so that an extension that won the race survives. */
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
