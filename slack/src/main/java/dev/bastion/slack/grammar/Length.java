package dev.bastion.slack.grammar;

import dev.bastion.access.grant.GrantDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/** How long access was asked for. */
public sealed interface Length {
    /** The person said nothing: the environment's default. */
    record Default() implements Length {}

    record For(GrantDuration duration) implements Length {}

    /** Until a time of the person's own day. */
    record Until(LocalTime time) implements Length {
        /** How long that is from now, in whole seconds; empty when it is over today in this zone. */
        public Optional<GrantDuration> from(Instant now, ZoneId zone) {
            Instant end = now.atZone(zone).with(time).toInstant();
            Duration length = Duration.between(now, end).truncatedTo(ChronoUnit.SECONDS);
            return length.isPositive() ? Optional.of(new GrantDuration(length)) : Optional.empty();
        }

        /** How long that is from a later start, at most a day; of a time that comes twice, the first after the start. */
        public GrantDuration after(Instant start, ZoneId zone) {
            LocalDate day = start.atZone(zone).toLocalDate();
            Instant end = Stream.of(day, day.plusDays(1), day.plusDays(2))
                    .map(each -> each.atTime(time).atZone(zone))
                    .flatMap(each -> Stream.of(each.withEarlierOffsetAtOverlap(), each.withLaterOffsetAtOverlap()))
                    .map(ZonedDateTime::toInstant)
                    .filter(start::isBefore)
                    .findFirst()
                    .orElseThrow();
            return new GrantDuration(Duration.between(start, end));
        }
    }
}
