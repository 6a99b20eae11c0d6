package dev.bastion.access.port;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;

/** Punctuality: calls back when a grant ends. The sweep is the guarantee; this only makes it prompt. */
public interface ExpiryTimer {
    /** Calls back at the grant's end; replaces what was armed for its environment before. */
    void arm(Grant grant);

    void disarm(EnvironmentName environment);
}
