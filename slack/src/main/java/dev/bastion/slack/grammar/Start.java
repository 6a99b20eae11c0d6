package dev.bastion.slack.grammar;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** The start of a request for later, as a person wrote it. */
public sealed interface Start {
    record In(Duration ahead) implements Start {}

    /** @param days after the person's own today */
    record OnDay(int days, LocalTime time) implements Start {}

    record OnDate(LocalDate date, LocalTime time) implements Start {}

    /** What a start means for one person at one moment. */
    sealed interface Meaning {
        record At(Instant moment) implements Meaning {}

        /** @param question a sentence, without anything that the person wrote */
        record Doubtful(String question) implements Meaning {}
    }

    /** Before this hour, people call the day after their sleep "tomorrow", too. */
    LocalTime NIGHT_ENDS = LocalTime.of(5, 0);

    /** The moment in the person's time zone; a question where there is none, are two, or it is over. */
    default Meaning in(ZoneId zone, Instant now) {
        LocalDateTime here = LocalDateTime.ofInstant(now, zone);
        try {
            return switch (this) {
                case In(Duration ahead) -> new Meaning.At(now.plus(ahead));
                case OnDate(LocalDate date, LocalTime time) -> at(date.atTime(time), zone, now);
                case OnDay(int days, LocalTime time) ->
                    days > 0 && here.toLocalTime().isBefore(NIGHT_ENDS)
                            ? new Meaning.Doubtful(
                                    "It is " + here.toLocalTime().withSecond(0).withNano(0) + " in " + zone
                                            + ", so I do not know which day tomorrow is. When should access start?")
                            : at(here.toLocalDate().plusDays(days).atTime(time), zone, now);
            };
        } catch (DateTimeException | ArithmeticException _) {
            return new Meaning.Doubtful("That start is too far ahead. When should access start?");
        }
    }

    private static Meaning at(LocalDateTime local, ZoneId zone, Instant now) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() != 1) {
            return new Meaning.Doubtful("The clocks change in " + zone + ": " + local.toLocalTime() + " comes "
                    + (offsets.isEmpty() ? "not at all" : "twice") + " on " + local.toLocalDate()
                    + ". When should access start?");
        }
        Instant start = local.toInstant(offsets.getFirst());
        return start.isAfter(now)
                ? new Meaning.At(start)
                : new Meaning.Doubtful(local.toLocalTime() + " on " + local.toLocalDate() + " is over in " + zone
                        + ". When should access start?");
    }
}
