package dev.bastion.cli.table;

import java.util.function.Function;

/**
 * A column of an answer.
 *
 * @param name its key in CSV and JSON, in snake case
 * @param value a text, number, truth value, time, duration, id or a list or optional of them
 * @param isShown whether the table for people has it, too: a terminal is narrow
 */
public record Column<T>(String name, Function<T, Object> value, boolean isShown) {
    /** A column of every form. */
    public static <T> Column<T> of(String name, Function<T, Object> value) {
        return new Column<>(name, value, true);
    }

    /** A column of CSV and JSON alone. */
    public static <T> Column<T> detail(String name, Function<T, Object> value) {
        return new Column<>(name, value, false);
    }

    String heading() {
        return name.replace("_seconds", "").replace('_', ' ');
    }
}
