package dev.bastion.cli.report;

import dev.bastion.access.grant.Person;
import dev.bastion.access.observation.GoneSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of the report, in plain text. */
final class ReportText {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private ReportText() {}

    static String minute(Instant at) {
        return MINUTE.format(at);
    }

    static String second(Instant at) {
        return SECOND.format(at);
    }

    /** Like {@code 2 h 5 min}; the two largest units. */
    static String duration(Duration length) {
        if (length.isZero()) {
            return "0 s";
        }
        return Stream.of(
                        unit(length.toDays(), "d"),
                        unit(length.toHoursPart(), "h"),
                        unit(length.toMinutesPart(), "min"),
                        unit(length.toSecondsPart(), "s"))
                .filter(part -> !part.isEmpty())
                .limit(2)
                .collect(Collectors.joining(" "));
    }

    private static String unit(long count, String unit) {
        return count == 0 ? "" : count + " " + unit;
    }

    static String person(Person person) {
        return person.name() + " (" + person.id() + ")";
    }

    static String source(GoneSource source) {
        return switch (source) {
            case GoneSource.Apply _ -> "CI applied the reversion";
            case GoneSource.Service _ -> "the service terminated it";
            case GoneSource.Platform(String reason) -> "AWS: " + reason;
            case GoneSource.Unknown _ -> "what ended it is not known";
        };
    }
}
