package dev.bastion.access.proposal;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The change that a proposal would record, in absolute times, so that approvers see what they approve. */
public sealed interface ProposedChange {
    /** The permanent id of the proposal, and of the grant that an opening leads to. */
    RequestId id();

    EnvironmentName environment();

    Person requester();

    /** The person who gets the access. */
    Person holder();

    /** The requester and the holder, who cannot approve it. */
    default List<Person> beneficiaries() {
        return holder().is(requester()) ? List.of(requester()) : List.of(requester(), holder());
    }

    Reason reason();

    /** Whether this is the grant that it would lead to, with the end that it would set. */
    boolean hasLedTo(Grant grant);

    /** The state of the environment that it changes. */
    EnvironmentState before();

    /** When it was proposed, whole seconds. */
    Instant proposedAt();

    /** When access may start at the earliest, where that is later than the approval. */
    default Optional<Instant> notBefore() {
        return Optional.empty();
    }

    /** The beginning that its file has. */
    default Instant startsAt() {
        return notBefore().orElse(proposedAt());
    }

    /** Later approvals do not count. */
    Instant lapsesAt();

    /** The end that is proposed: access can last no longer than this, whenever it is approved. */
    Instant latestEnd();

    /** The duration of the grant that it leads to. */
    GrantDuration duration();

    /**
     * Access would start. Its clock starts at approval and not before, so the end that is proposed is the latest it can
     * have: as if it were approved in the last moment. A request for later starts at its time, or {@link #LATEST_START} after
     * it at the latest.
     */
    record Opening(AccessRequest request, GrantDuration duration, Instant proposedAt, Instant lapsesAt)
            implements ProposedChange {
        /** How long a request for later waits for its environment, or for a service that was down. */
        public static final Duration LATEST_START = Duration.ofHours(1);

        public Opening {
            Timestamps.requireWholeSeconds(proposedAt);
            Timestamps.requireWholeSeconds(lapsesAt);
        }

        @Override
        public RequestId id() {
            return request.id();
        }

        @Override
        public EnvironmentName environment() {
            return request.environment();
        }

        @Override
        public Person requester() {
            return request.requester();
        }

        @Override
        public Person holder() {
            return request.requester();
        }

        @Override
        public Reason reason() {
            return request.reason();
        }

        @Override
        public boolean hasLedTo(Grant grant) {
            return grant.request().equals(id());
        }

        @Override
        public Optional<Instant> notBefore() {
            return request.notBefore();
        }

        @Override
        public Instant latestEnd() {
            return notBefore()
                    .map(start -> start.plus(LATEST_START))
                    .orElse(lapsesAt)
                    .plus(duration.length());
        }

        @Override
        public EnvironmentState before() {
            return new EnvironmentState.Closed(environment());
        }
    }

    /**
     * The end of an open grant would move, further than its approval covers.
     *
     * @param origin where the request came from; empty for Slack
     */
    record Extension(
            RequestId id,
            Grant from,
            Instant newEnd,
            Person by,
            Instant proposedAt,
            Instant lapsesAt,
            Optional<AccessRequest.Origin> origin)
            implements ProposedChange {
        public Extension {
            Timestamps.requireWholeSeconds(newEnd);
            Timestamps.requireWholeSeconds(proposedAt);
            Timestamps.requireWholeSeconds(lapsesAt);
        }

        /** An extension from Slack. */
        public Extension(RequestId id, Grant from, Instant newEnd, Person by, Instant proposedAt, Instant lapsesAt) {
            this(id, from, newEnd, by, proposedAt, lapsesAt, Optional.empty());
        }

        @Override
        public EnvironmentName environment() {
            return from.environment();
        }

        @Override
        public Person requester() {
            return by;
        }

        @Override
        public boolean hasLedTo(Grant grant) {
            return from.until(newEnd).hasSameExpiryAs(grant);
        }

        @Override
        public Instant latestEnd() {
            return newEnd;
        }

        @Override
        public GrantDuration duration() {
            return new GrantDuration(Duration.between(from.createdAt(), newEnd));
        }

        @Override
        public EnvironmentState before() {
            return new EnvironmentState.Open(from);
        }

        @Override
        public Person holder() {
            return from.holder();
        }

        @Override
        public Reason reason() {
            return from.reason();
        }
    }
}
