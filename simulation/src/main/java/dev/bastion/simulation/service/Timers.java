package dev.bastion.simulation.service;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.port.ExpiryTimer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The timers of the ends of grants, one for each environment. */
final class Timers implements ExpiryTimer {
    private final InstantSource clock;
    private final BiConsumer<Duration, Runnable> later;
    private final Consumer<Grant> onEnd;
    private final Map<EnvironmentName, Grant> armed = new HashMap<>();

    /** @param later does work after a while */
    Timers(InstantSource clock, BiConsumer<Duration, Runnable> later, Consumer<Grant> onEnd) {
        this.clock = clock;
        this.later = later;
        this.onEnd = onEnd;
    }

    @Override
    public void arm(Grant grant) {
        Grant before = armed.put(grant.environment(), grant);
        if (before == null || !before.hasSameExpiryAs(grant)) {
            Duration left = Duration.between(clock.instant(), grant.expiresAt());
            later.accept(left.isNegative() ? Duration.ZERO : left, () -> fire(grant));
        }
    }

    private void fire(Grant grant) {
        if (grant.equals(armed.get(grant.environment()))) {
            armed.remove(grant.environment());
            onEnd.accept(grant);
        }
    }

    @Override
    public void disarm(EnvironmentName environment) {
        armed.remove(environment);
    }
}
