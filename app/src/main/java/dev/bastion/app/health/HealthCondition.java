package dev.bastion.app.health;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A condition of readiness, by the name that people see.
 *
 * @param remarks further information for people, whether or not the condition holds
 */
public record HealthCondition(String name, BooleanSupplier check, Supplier<List<String>> remarks) {
    public HealthCondition(String name, BooleanSupplier check) {
        this(name, check, List::of);
    }

    boolean holds() {
        return check.getAsBoolean();
    }

    /** One line for the condition and one per remark. */
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
