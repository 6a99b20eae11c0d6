package dev.bastion.ledger.entry;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The trailers of a message as typed values. Methods throw when a value is missing or invalid. */
record TrailerValues(Trailers trailers) {
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

    static Matcher match(Pattern pattern, String text) {
        Matcher match = pattern.matcher(text);
        if (!match.matches()) {
            throw new NoSuchElementException(text);
        }
        return match;
    }
}
