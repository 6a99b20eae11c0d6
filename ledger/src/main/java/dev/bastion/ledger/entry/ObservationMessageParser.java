package dev.bastion.ledger.entry;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Person;
import dev.bastion.access.observation.GoneSource;
import dev.bastion.access.observation.Instance;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.ObservationKind;
import dev.bastion.access.observation.Session;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parser of the messages that {@link ObservationMessage} writes. It ignores every message that has another form. */
public final class ObservationMessageParser {
    private static final Pattern SESSION = Pattern.compile("(\\S+) from (\\S+)(?: to (\\S+))?(?: document (\\S+))?");
    private static final Pattern APPROVED_BY =
            Pattern.compile("(\\S+ <\\S+>)" + ObservationMessage.IN_SLACK_AT + "(\\S+)");
    private static final Pattern DENIED_BY = Pattern.compile("(\\S+ <\\S+>)?+ ?+(?:\\((\\S+)\\))?+");

    private final TrailerValues values;

    private ObservationMessageParser(TrailerValues values) {
        this.values = values;
    }

    /** The observation in the message; empty when the message has none, or an incomplete one. */
    public static Optional<Observation> read(String message) {
        return ParsedMessage.read(message).observation();
    }

    /** The same of trailers with an action of this kind. */
    static Optional<Observation> read(Trailers trailers) {
        return TrailerValues.parse(trailers, values -> new ObservationMessageParser(values).observation());
    }

    private Observation observation() {
        ObservationKind kind =
                ObservationKind.fromWord(values.text(CommitMessage.ACTION)).orElseThrow();
        Observation.Subject subject = new Observation.Subject(
                values.environment(), values.requestId(CommitMessage.REQUEST), values.person(CommitMessage.HOLDER));
        return switch (kind) {
            case READY -> ready(subject);
            case GONE -> gone(subject);
            case SESSIONS -> sessions(subject);
            case APPROVE -> approved(subject);
            case DENY -> denied(subject);
            case LAPSE -> new Observation.Lapsed(subject, values.instant(ObservationMessage.OBSERVED_AT), proposal());
            case WITHDRAW ->
                new Observation.Withdrawn(subject, values.instant(ObservationMessage.OBSERVED_AT), proposal());
            case REFUSE ->
                new Observation.Refused(
                        subject,
                        values.instant(ObservationMessage.OBSERVED_AT),
                        optional(ObservationMessage.REFUSED_FOR).orElse(""),
                        Optional.of(proposal())
                                .filter(proposal -> proposal.page().isPresent()
                                        || proposal.head().isPresent()));
        };
    }

    private Observation ready(Observation.Subject subject) {
        return new Observation.Ready(
                subject,
                values.instant(ObservationMessage.OBSERVED_AT),
                instance().orElseThrow(),
                Duration.parse(values.text(ObservationMessage.AFTER_OPENING)));
    }

    private Observation gone(Observation.Subject subject) {
        return new Observation.Gone(
                subject,
                values.instant(ObservationMessage.OBSERVED_AT),
                instance(),
                optional(ObservationMessage.LAST_SEEN_AT).map(TrailerValues::parseInstant),
                goneSource(values.text(ObservationMessage.GONE_BY)));
    }

    private Optional<Instance> instance() {
        return optional(ObservationMessage.INSTANCE)
                .map(id -> new Instance(
                        id,
                        optional(ObservationMessage.ACCOUNT),
                        optional(ObservationMessage.REGION),
                        optional(ObservationMessage.IMAGE)));
    }

    private static GoneSource goneSource(String text) {
        String[] parts = text.split(" ", 2);
        Optional<String> rest = parts.length == 2 ? Optional.of(parts[1]) : Optional.empty();
        return switch (parts[0]) {
            case ObservationMessage.APPLY -> new GoneSource.Apply(rest.map(URI::create));
            case ObservationMessage.SERVICE -> new GoneSource.Service();
            case ObservationMessage.PLATFORM -> new GoneSource.Platform(rest.orElse(""));
            case ObservationMessage.UNKNOWN -> new GoneSource.Unknown();
            default -> throw new NoSuchElementException(ObservationMessage.GONE_BY);
        };
    }

    private Observation sessions(Observation.Subject subject) {
        List<Session> listed = values.trailers().valuesOf(ObservationMessage.SESSION).stream()
                .limit(Observation.Sessions.MOST_LISTED)
                .map(ObservationMessageParser::session)
                .toList();
        return new Observation.Sessions(
                subject,
                values.instant(ObservationMessage.OBSERVED_AT),
                listed,
                Integer.parseUnsignedInt(values.text(ObservationMessage.SESSIONS_TOTAL)),
                isComplete());
    }

    private boolean isComplete() {
        return switch (values.text(ObservationMessage.COMPLETE)) {
            case ObservationMessage.YES -> true;
            case ObservationMessage.NO -> false;
            default -> throw new NoSuchElementException(ObservationMessage.COMPLETE);
        };
    }

    private static Session session(String text) {
        Matcher parts = TrailerValues.match(SESSION, text);
        return new Session(
                parts.group(1),
                TrailerValues.parseInstant(parts.group(2)),
                Optional.ofNullable(parts.group(3)).map(TrailerValues::parseInstant),
                Optional.ofNullable(parts.group(4)));
    }

    private Observation approved(Observation.Subject subject) {
        Matcher by = TrailerValues.match(APPROVED_BY, values.text(CommitMessage.APPROVED_BY));
        Person person = TrailerValues.parsePerson(by.group(1));
        return new Observation.Approved(
                subject,
                TrailerValues.parseInstant(by.group(2)),
                person,
                values.commit(ObservationMessage.APPROVES_HEAD),
                proposal(),
                values.memberships(person));
    }

    private Observation denied(Observation.Subject subject) {
        Matcher by = TrailerValues.match(
                DENIED_BY, optional(ObservationMessage.DENIED_BY).orElse(""));
        Optional<Person> person = Optional.ofNullable(by.group(1)).map(TrailerValues::parsePerson);
        return new Observation.Denied(
                subject,
                values.instant(ObservationMessage.OBSERVED_AT),
                person,
                Optional.ofNullable(by.group(2)).orElse(""),
                optional(ObservationMessage.WORDS).orElse(""),
                proposal());
    }

    private Observation.PullRequest proposal() {
        return new Observation.PullRequest(
                optional(CommitMessage.PROPOSED_IN).map(URI::create),
                optional(ObservationMessage.PROPOSED_HEAD).map(CommitId::new));
    }

    private Optional<String> optional(String key) {
        return values.trailers().single(key);
    }
}
