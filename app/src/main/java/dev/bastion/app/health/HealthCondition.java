package dev.bastion.app.health;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Something that must hold for the service to do its work, by the name people see.
 *
 * @param remarks what else people should know about it, whether it holds or not
 */
public record HealthCondition(String name, BooleanSupplier check, Supplier<List<String>> remarks) {
    public HealthCondition(String name, BooleanSupplier check) {
        this(name, check, List::of);
    }

    boolean holds() {
        return check.getAsBoolean();
    }

    /** A line for the condition and one for each remark. */
    String lines() {
        StringBuilder lines =
                new StringBuilder(holds() ? "ok   " : "FAIL ").append(name).append('\n');
        remarks.get()
                .forEach(remark -> lines.append("     ")
                        .append(remark.replaceAll("\\s+", " "))
                        .append('\n'));
        return lines.toString();
    }
}
