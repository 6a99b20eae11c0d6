package dev.bastion.access.observation;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.membership.Membership;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the service observed of a grant, or decided about a request that opened nothing. The ledger keeps it as an entry that
 * changes no file, at most one of each kind for a request, and one approval for each approver and commit. All times are whole seconds. Texts of other systems and of people are
 * held in the form that the ledger keeps, so that what is written reads the same.
 */
public sealed interface Observation {
    Subject subject();

    /** When it was so. */
    Instant at();

    /** What it is among the observations of its request: the ledger keeps the first of several that have the same. */
    default String identity() {
        return this instanceof Approved approved
                ? kind().word() + " " + approved.by().id() + " " + approved.head()
                : kind().word();
    }

    default ObservationKind kind() {
        return switch (this) {
            case Ready _ -> ObservationKind.READY;
            case Gone _ -> ObservationKind.GONE;
            case Sessions _ -> ObservationKind.SESSIONS;
            case Approved _ -> ObservationKind.APPROVE;
            case Denied _ -> ObservationKind.DENY;
            case Lapsed _ -> ObservationKind.LAPSE;
            case Withdrawn _ -> ObservationKind.WITHDRAW;
            case Refused _ -> ObservationKind.REFUSE;
        };
    }

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
    record Ready(Subject subject, Instant at, Instance instance, Duration afterOpening) implements Observation {
        public Ready {
            at = ForeignValues.moment(at);
            afterOpening = ForeignValues.length(afterOpening);
        }
    }

    /**
     * The bastion was observed absent, and nothing of CI can create it any more.
     *
     * @param at when it was observed absent first
     * @param instance the instance that was there; empty when none was ever observed
     * @param lastSeen when it was observed last
     */
    record Gone(Subject subject, Instant at, Optional<Instance> instance, Optional<Instant> lastSeen, GoneSource source)
            implements Observation {
        public Gone {
            at = ForeignValues.moment(at);
            lastSeen = lastSeen.map(ForeignValues::moment);
        }
    }

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
            at = ForeignValues.moment(at);
            total = Math.max(total, sessions.size());
            sessions = List.copyOf(sessions.subList(0, Math.min(sessions.size(), MOST_LISTED)));
        }
    }

    /**
     * An approver approved a request in Slack.
     *
     * @param by from {@code people.yaml}
     * @param head the one commit that it approves
     * @param proposal its pull request
     * @param memberships by which external audiences they were an approver
     */
    record Approved(
            Subject subject, Instant at, Person by, CommitId head, PullRequest proposal, List<Membership> memberships)
            implements Observation {
        public Approved {
            at = ForeignValues.moment(at);
            memberships = List.copyOf(memberships);
        }

        /** The approval of an approver by name or group. */
        public Approved(Subject subject, Instant at, Person by, CommitId head, PullRequest proposal) {
            this(subject, at, by, head, proposal, List.of());
        }
    }

    /**
     * A person said no to a request.
     *
     * @param by who denied it, as the ledger's people name them; empty for an account that they do not name
     * @param login their GitHub login; empty text where it is not known
     * @param words what they wrote, as one bounded line; empty text when nothing
     */
    record Denied(Subject subject, Instant at, Optional<Person> by, String login, String words, PullRequest proposal)
            implements Observation {
        private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9_-]{1,100}(?:\\[bot])?");

        public Denied {
            at = ForeignValues.moment(at);
            login = LOGIN.matcher(login).matches() ? login : "";
            words = ForeignValues.line(words);
        }
    }

    /** A request was not approved in time. */
    record Lapsed(Subject subject, Instant at, PullRequest proposal) implements Observation {
        public Lapsed {
            at = ForeignValues.moment(at);
        }
    }

    /** The requester took a request back. */
    record Withdrawn(Subject subject, Instant at, PullRequest proposal) implements Observation {
        public Withdrawn {
            at = ForeignValues.moment(at);
        }
    }

    /**
     * The policy refused a request: at the command, which is kept only where the policy says {@code record_refusals: true}, or
     * while it waited for approval.
     *
     * @param why the refusal as it was told, as one bounded line of plain text
     * @param proposal its pull request; empty for a refusal at the command
     */
    record Refused(Subject subject, Instant at, String why, Optional<PullRequest> proposal) implements Observation {
        public Refused {
            at = ForeignValues.moment(at);
            why = ForeignValues.line(why);
        }
    }

    /**
     * The pull request of a request that opened nothing.
     *
     * @param page its address; empty for one that fits on no line
     * @param head the commit that was proposed last, where it is known
     */
    record PullRequest(Optional<URI> page, Optional<CommitId> head) {
        public PullRequest {
            page = ForeignValues.address(page);
        }
    }
}
