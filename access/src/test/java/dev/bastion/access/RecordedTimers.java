package dev.bastion.access;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.port.ExpiryTimer;
import java.util.TreeMap;

/** Timers that are only looked at. */
public final class RecordedTimers implements ExpiryTimer {
    public final TreeMap<EnvironmentName, Grant> armed = new TreeMap<>();

    @Override
    public void arm(Grant grant) {
        armed.put(grant.environment(), grant);
    }

    @Override
    public void disarm(EnvironmentName environment) {
        armed.remove(environment);
    }
}
