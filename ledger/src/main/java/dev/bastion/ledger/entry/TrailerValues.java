package dev.bastion.ledger.entry;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.membership.Membership;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The trailers of a message as typed values. Methods throw when a value is missing or invalid. */
record TrailerValues(Trailers trailers) {
    private static final Pattern MEMBER = Pattern.compile("(\\S+ <\\S+>) in (\\S+) as (\\S+) at (\\S+)");

    /** Parses a message's trailers; empty when a value is missing or invalid. */
    static <T> Optional<T> parse(Trailers trailers, Function<TrailerValues, T> parser) {
        try {
            return Optional.of(parser.apply(new TrailerValues(trailers)));
        } catch (NoSuchElementException | IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }

    String text(String key) {
        return trailers.single(key).orElseThrow();
    }

    EnvironmentName environment() {
        return new EnvironmentName(text(CommitMessage.ENVIRONMENT));
    }

    RequestId requestId(String key) {
        return new RequestId(text(key));
    }

    CommitId commit(String key) {
        return new CommitId(text(key));
    }

    Reason reason() {
        return trailers.single(CommitMessage.REASON).map(Reason::of).orElse(Reason.NONE);
    }

    /** Where the request came from; empty for Slack, and for what an older version of this parser does not know either. */
    Optional<AccessRequest.Origin> origin() {
        return trailers.single(CommitMessage.ORIGIN)
                .filter(text -> text.startsWith(CommitMessage.ORIGIN_API))
                .map(text -> new AccessRequest.Origin(text.substring(CommitMessage.ORIGIN_API.length())));
    }

    Instant instant(String key) {
        return parseInstant(text(key));
    }

    static Instant parseInstant(String text) {
        return Timestamps.parse(text);
    }

    Person person(String key) {
        return parsePerson(text(key));
    }

    static Person parsePerson(String text) {
        int space = text.indexOf(' ');
        boolean isForm = space > 0 && text.startsWith(" <", space) && text.endsWith(">");
        if (!isForm) {
            throw new NoSuchElementException(text);
        }
        // a person's values have no white space, so nothing else can be in this form
        return new Person(text.substring(space + 2, text.length() - 1), text.substring(0, space));
    }

    /** The memberships of a person; one of a form that this version does not know is none. */
    List<Membership> memberships(Person person) {
        return trailers.valuesOf(CommitMessage.MEMBER).stream()
                .map(MEMBER::matcher)
                .filter(Matcher::matches)
                .filter(match -> match.group(1).equals(CommitMessage.personText(person)))
                .flatMap(match -> membership(match).stream())
                .toList();
    }

    private static Optional<Membership> membership(Matcher match) {
        try {
            return Optional.of(new Membership(
                    ExternalAudience.parse(match.group(2)), match.group(3), parseInstant(match.group(4))));
        } catch (IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }

    static Matcher match(Pattern pattern, String text) {
        Matcher match = pattern.matcher(text);
        if (!match.matches()) {
            throw new NoSuchElementException(text);
        }
        return match;
    }
}
