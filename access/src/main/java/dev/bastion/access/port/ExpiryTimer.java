package dev.bastion.access.port;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;

/** Timer of the ends of grants. It makes expiry prompt; the sweep guarantees it. */
public interface ExpiryTimer {
    /** Calls back at the grant's end; replaces what was armed for its environment before. */
    void arm(Grant grant);

    void disarm(EnvironmentName environment);
}
