package dev.bastion.app;

import dev.bastion.access.port.ObservationFailed;
import dev.bastion.app.health.HealthCondition;
import dev.bastion.github.RepositoryProblem;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what at the forge would refuse what the service does, before it does: into the log, into a metric to alert on, into
 * the channel once, and beside readiness. It does not make the service unready: whoever starts it anew for that would stop
 * the one that can still tell people.
 */
final class RepositoryRulesMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(RepositoryRulesMonitor.class);

    private final Supplier<List<RepositoryProblem>> forge;
    private final Consumer<String> channel;
    private final AtomicInteger count = new AtomicInteger();
    private volatile List<RepositoryProblem> found = List.of();

    /**
     * @param forge what is against the service there; throws {@link ObservationFailed} when nothing is known
     * @param channel takes an alarm
     */
    RepositoryRulesMonitor(Supplier<List<RepositoryProblem>> forge, Consumer<String> channel, MeterRegistry metrics) {
        this.forge = forge;
        this.channel = channel;
        metrics.gauge("bastion.forge.problems", count);
    }

    /** Looks, at start and now and then: somebody may change a rule while the service runs. What is known is not told again. */
    synchronized void look() {
        List<RepositoryProblem> now;
        try {
            now = List.copyOf(forge.get());
        } catch (ObservationFailed e) {
            LOG.atWarn().setCause(e).log("forge.rules.unknown");
            return;
        }
        List<RepositoryProblem> before = found;
        found = now;
        count.set(now.size());
        List<RepositoryProblem> fresh =
                now.stream().filter(problem -> !before.contains(problem)).toList();
        if (!fresh.isEmpty()) {
            fresh.forEach(problem -> LOG.atError()
                    .addKeyValue("what", problem.what())
                    .addKeyValue("remedy", problem.remedy())
                    .log("forge.rules.against"));
            channel.accept(alarm(fresh));
        } else if (now.isEmpty() && !before.isEmpty()) {
            LOG.atInfo().log("forge.rules.mended");
        }
    }

    private static String alarm(List<RepositoryProblem> problems) {
        return "The forge's rules are against what this service does (docs/ci.md, \"The rules at the forge\"):\n"
                + problems.stream()
                        .map(problem -> "- " + problem.what() + ". To mend it: " + problem.remedy() + ".")
                        .collect(Collectors.joining("\n"));
    }

    /** What is known by now; it holds whatever that is. */
    HealthCondition condition() {
        return new HealthCondition(
                "forge",
                () -> true,
                () -> found.stream()
                        .map(problem -> problem.what() + ". To mend it: " + problem.remedy())
                        .toList());
    }
}
