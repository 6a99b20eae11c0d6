package dev.bastion.layout.file;

import java.util.Arrays;
import java.util.Optional;

/** The five variables that the service writes, by the names that the module bastion has for them. */
public enum AuditVariable {
    /** 0 while the environment is closed, 1 while it is open. */
    DEPLOY("deploy_bastion"),
    USER_ID("requested_by_user_id"),
    USERNAME("requested_by_username"),
    CREATED_AT("created_at"),
    EXPIRES_AT("expires_at");

    private final String variable;

    AuditVariable(String variable) {
        this.variable = variable;
    }

    /** Its name, like {@code deploy_bastion}. */
    public String variable() {
        return variable;
    }

    /** The one with this name; empty for another name. */
    public static Optional<AuditVariable> of(String name) {
        return Arrays.stream(values())
                .filter(each -> each.variable.equals(name))
                .findFirst();
    }
}
