package dev.bastion.ledger.entry;

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

/** What the trailers of a message say, as what they mean; whatever is missing or wrong throws. */
record TrailerValues(Trailers trailers) {
    private static final Pattern SIGNED = Pattern.compile("(\\S+) <(\\S+)>");
    private static final Pattern RFC_3339 = Pattern.compile("\\d{4}-\\S+");

    /** What is made of the message's trailers; empty when something of it is missing or wrong. */
    static <T> Optional<T> in(String message, Function<TrailerValues, T> reading) {
        try {
            return Optional.of(reading.apply(new TrailerValues(Trailers.in(message))));
        } catch (NoSuchElementException | IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }

    String text(String key) {
        return trailers.only(key).orElseThrow();
    }

    EnvironmentName environment() {
        return new EnvironmentName(text(CommitMessage.ENVIRONMENT));
    }

    RequestId request(String key) {
        return new RequestId(text(key));
    }

    CommitId commit(String key) {
        return new CommitId(text(key));
    }

    Reason reason() {
        return trailers.only(CommitMessage.REASON).map(Reason::of).orElse(Reason.NONE);
    }

    Instant moment(String key) {
        return instant(text(key));
    }

    /** RFC 3339 has years of four digits; Java reads longer ones, to which nothing can be added. */
    static Instant instant(String text) {
        return Timestamps.wholeSeconds(Instant.parse(parts(RFC_3339, text).group()));
    }

    Person person(String key) {
        return signed(text(key));
    }

    static Person signed(String text) {
        Matcher parts = parts(SIGNED, text);
        return new Person(parts.group(2), parts.group(1));
    }

    static Matcher parts(Pattern form, String text) {
        Matcher parts = form.matcher(text);
        if (!parts.matches()) {
            throw new NoSuchElementException(text);
        }
        return parts;
    }
}
