package dev.bastion.app.health;

import java.util.function.BooleanSupplier;

/** Something that must hold for the service to do its work, by the name people see. */
public record Condition(String name, BooleanSupplier check) {
    boolean holds() {
        return check.getAsBoolean();
    }
}
