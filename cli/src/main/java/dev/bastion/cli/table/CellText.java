package dev.bastion.cli.table;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The text of a cell, for a table or for CSV. */
final class CellText {
    private static final String SEPARATOR = "; ";

    private CellText() {}

    /** For people: commits are short, and durations have units. */
    static String forPeople(Object value) {
        return switch (value) {
            case Optional<?> maybe -> maybe.map(CellText::forPeople).orElse("");
            case List<?> list -> list.stream().map(CellText::forPeople).collect(Collectors.joining(SEPARATOR));
            case CommitId commit -> commit.brief();
            case Duration duration -> units(duration);
            case Boolean truth -> truth ? "yes" : "no";
            case Instant moment -> Timestamps.text(moment);
            default -> visible(value.toString());
        };
    }

    /** For programs: commits are complete, and durations are seconds. */
    static String forPrograms(Object value) {
        return switch (value) {
            case String text -> text;
            case Instant moment -> Timestamps.text(moment);
            case Optional<?> maybe -> maybe.isPresent() ? forPrograms(maybe.get()) : "";
            case List<?> list -> joined(list);
            case Duration duration -> String.valueOf(duration.toSeconds());
            default -> value.toString();
        };
    }

    private static String joined(List<?> list) {
        return switch (list.size()) {
            case 0 -> "";
            case 1 -> forPrograms(list.getFirst());
            default -> list.stream().map(CellText::forPrograms).collect(Collectors.joining(SEPARATOR));
        };
    }

    private static String units(Duration duration) {
        Duration length = duration.abs();
        String text = length.compareTo(Duration.ofHours(1)) < 0
                ? length.toMinutes() + "m " + length.toSecondsPart() + "s"
                : length.toHours() + "h " + length.toMinutesPart() + "m";
        return duration.isNegative() ? "-" + text : text;
    }

    /** Without what moves a terminal's cursor or turns its text around: others wrote it. */
    private static String visible(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", " ");
    }
}
