package dev.bastion.apply.plan;

import dev.bastion.apply.run.StepFailed;
import java.util.List;

/** What a plan does to one resource. */
public enum PlannedAction {
    CREATE("+"),
    UPDATE("~"),
    REPLACE("-/+"),
    DESTROY("-"),
    /** Leaves the resource where it is and forgets it. */
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
     * Reads the {@code actions} of a plan's change.
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
            case String other -> throw new StepFailed("the plan has an action this program does not know: " + other);
        };
    }
}
