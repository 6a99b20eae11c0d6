package dev.bastion.apply.plan;

import dev.bastion.apply.run.StepFailed;
import java.util.List;

/** A plan's action on one resource. */
public enum PlannedAction {
    CREATE("+"),
    UPDATE("~"),
    REPLACE("-/+"),
    DESTROY("-"),
    /** Removes the resource from the state but not from AWS. */
    FORGET("."),
    NOTHING(" ");

    private final String sign;

    PlannedAction(String sign) {
        this.sign = sign;
    }

    String sign() {
        return sign;
    }

    boolean destroys() {
        return this == DESTROY || this == REPLACE;
    }

    /**
     * Parses the {@code actions} of a plan's change.
     *
     * @see <a href="https://developer.hashicorp.com/terraform/internals/json-format#change-representation">JSON format</a>
     */
    static PlannedAction of(List<String> actions) {
        if (actions.contains("delete") && actions.contains("create")) {
            return REPLACE;
        }
        return switch (actions.isEmpty() ? "no-op" : actions.getFirst()) {
            case "create" -> CREATE;
            case "update" -> UPDATE;
            case "delete" -> DESTROY;
            case "forget" -> FORGET;
            case "no-op", "read" -> NOTHING;
            case String other -> throw new StepFailed("the plan has an unknown action: " + other);
        };
    }
}
