package dev.bastion.access.observation;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the service observed of a grant, or decided about a request that opened nothing. The ledger keeps it as an entry that
 * changes no file, at most one of each kind for a request. All times are whole seconds.
 */
public sealed interface Observation {
    Subject subject();

    /** When it was so. */
    Instant at();

    /**
     * Whose request it is about.
     *
     * @param person the requester, or the holder of the grant
     */
    record Subject(EnvironmentName environment, RequestId request, Person person) {}

    /**
     * The bastion was observed online.
     *
     * @param at when it was observed online first
     * @param afterOpening the time since the grant began
     */
    record Ready(Subject subject, Instant at, Instance instance, Duration afterOpening) implements Observation {}

    /**
     * The bastion was observed absent, and nothing of CI can create it any more.
     *
     * @param at when it was observed absent first
     * @param instance the instance that was there; empty when none was ever observed
     * @param lastSeen when it was observed last
     */
    record Gone(Subject subject, Instant at, Optional<Instance> instance, Optional<Instant> lastSeen, GoneSource source)
            implements Observation {}

    /**
     * Who connected.
     *
     * @param at when SSM was asked
     * @param sessions the first ones, oldest first; at most {@link #MOST_LISTED}
     * @param total how many there were
     * @param isComplete whether all had ended, and SSM listed all of them
     */
    record Sessions(Subject subject, Instant at, List<Session> sessions, int total, boolean isComplete)
            implements Observation {
        public static final int MOST_LISTED = 20;

        public Sessions {
            sessions = List.copyOf(sessions);
        }
    }

    /**
     * A person said no to a request.
     *
     * @param by who denied it, as the ledger's people name them; empty for an account that they do not name
     * @param login their GitHub login
     * @param words what they wrote; empty text when nothing
     */
    record Denied(Subject subject, Instant at, Optional<Person> by, String login, String words, PullRequest proposal)
            implements Observation {}

    /** A request was not approved in time. */
    record Lapsed(Subject subject, Instant at, PullRequest proposal) implements Observation {}

    /** The requester took a request back. */
    record Withdrawn(Subject subject, Instant at, PullRequest proposal) implements Observation {}

    /**
     * The policy refused a request at the command. Kept only where the policy says {@code record_refusals: true}.
     *
     * @param why the refusal as it was told, in plain text
     */
    record Refused(Subject subject, Instant at, String why) implements Observation {}

    /**
     * The pull request of a request that opened nothing.
     *
     * @param page its address
     * @param head the commit that was proposed last, where it is known
     */
    record PullRequest(URI page, Optional<CommitId> head) {}
}
