package dev.bastion.access.troubleshooting;

import dev.bastion.access.grant.EnvironmentName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The limit on diagnoses: one of an environment serves everybody for some seconds, and a person gets one of another environment after
 * a pause. Each costs calls that AWS counts for the whole account.
 */
final class DiagnosisPace {
    static final Duration FRESH = Duration.ofSeconds(5);
    private static final int MOST = 1_000;

    private final InstantSource clock;
    private final Map<String, Instant> people = bounded();
    private final Map<EnvironmentName, Shared> environments = bounded();

    /** One environment's last diagnosis; a person who asks while one runs gets its result. */
    private static final class Shared {
        private volatile Optional<EnvironmentDiagnosis> last = Optional.empty();
        private volatile Instant at = Instant.EPOCH;

        private boolean isFresh(Instant now) {
            return last.isPresent() && at.plus(FRESH).isAfter(now);
        }
    }

    DiagnosisPace(InstantSource clock) {
        this.clock = clock;
    }

    /** @return the rest of the pause; empty where the person may have a diagnosis of the environment now */
    synchronized Optional<Duration> pauseOf(String person, EnvironmentName environment) {
        Instant now = clock.instant();
        if (sharedOf(environment).isFresh(now)) {
            return Optional.empty();
        }
        Instant next = people.getOrDefault(person, Instant.EPOCH).plus(FRESH);
        if (next.isAfter(now)) {
            return Optional.of(Duration.between(now, next));
        }
        people.put(person, now);
        return Optional.empty();
    }

    EnvironmentDiagnosis shared(EnvironmentName environment, Supplier<EnvironmentDiagnosis> look) {
        Shared shared = sharedOf(environment);
        synchronized (shared) {
            if (!shared.isFresh(clock.instant())) {
                shared.last = Optional.of(look.get());
                shared.at = clock.instant();
            }
            return shared.last.orElseThrow();
        }
    }

    private synchronized Shared sharedOf(EnvironmentName environment) {
        return environments.computeIfAbsent(environment, _ -> new Shared());
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST;
            }
        };
    }
}
