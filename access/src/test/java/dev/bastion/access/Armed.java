package dev.bastion.access;

import java.util.TreeMap;

/** Timers that are only looked at. */
final class Armed implements ExpiryTimer {
    final TreeMap<EnvironmentName, Grant> armed = new TreeMap<>();

    @Override
    public void arm(Grant grant) {
        armed.put(grant.environment(), grant);
    }

    @Override
    public void disarm(EnvironmentName environment) {
        armed.remove(environment);
    }
}
