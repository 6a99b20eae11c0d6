package dev.bastion.apply.run;

/** The state that an environment file asks for at one time. */
public enum Intent {
    /** A bastion must exist. */
    OPEN,
    /** No bastion may exist: {@code deploy_bastion} is 0, or the grant has ended. */
    CLOSE;

    public String word() {
        return this == OPEN ? "open" : "close";
    }
}
