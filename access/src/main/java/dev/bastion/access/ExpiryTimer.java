package dev.bastion.access;

/** Punctuality: calls back when a grant ends. The sweep is the guarantee; this only makes it prompt. */
public interface ExpiryTimer {
    /** Calls back at the grant's end; replaces what was armed for its environment before. */
    void arm(Grant grant);

    void disarm(EnvironmentName environment);
}
