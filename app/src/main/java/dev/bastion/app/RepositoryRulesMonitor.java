package dev.bastion.app;

import dev.bastion.access.fault.ObservationFailed;
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
 * The monitor of repository rules that would reject the service's pushes or merges. It reports each problem to the log,
 * a metric, the channel (once) and the readiness page. A problem does not make the service unready: a restart would
 * stop the process that can still tell people.
 */
final class RepositoryRulesMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(RepositoryRulesMonitor.class);

    private final Supplier<List<RepositoryProblem>> rules;
    private final Consumer<String> channel;
    private final AtomicInteger count = new AtomicInteger();
    private volatile List<RepositoryProblem> found = List.of();

    /**
     * @param rules the problems of the repository; throws {@link ObservationFailed} when they are unknown
     * @param channel posts an alarm
     */
    RepositoryRulesMonitor(Supplier<List<RepositoryProblem>> rules, Consumer<String> channel, MeterRegistry metrics) {
        this.rules = rules;
        this.channel = channel;
        metrics.gauge("bastion.github.problems", count);
    }

    /**
     * Checks the rules, at start and periodically, because a person may change a rule. A known problem is not reported
     * again.
     */
    synchronized void look() {
        List<RepositoryProblem> now;
        try {
            now = List.copyOf(rules.get());
        } catch (ObservationFailed e) {
            LOG.atWarn().setCause(e).log("github.rules.unknown");
            return;
        }
        List<RepositoryProblem> before = found;
        found = now;
        count.set(now.size());
        List<RepositoryProblem> added =
                now.stream().filter(problem -> !before.contains(problem)).toList();
        if (!added.isEmpty()) {
            added.forEach(problem -> LOG.atError()
                    .addKeyValue("what", problem.what())
                    .addKeyValue("remedy", problem.remedy())
                    .log("github.rules.problem"));
            channel.accept(alarm(added));
        } else if (now.isEmpty() && !before.isEmpty()) {
            LOG.atInfo().log("github.rules.resolved");
        }
    }

    private static String alarm(List<RepositoryProblem> problems) {
        return "GitHub's rules would reject what this service does (docs/ci.md, \"The rules at GitHub\"):\n"
                + problems.stream()
                        .map(problem -> "- " + problem.what() + ". To fix it: " + problem.remedy() + ".")
                        .collect(Collectors.joining("\n"));
    }

    /** The readiness condition, which always holds; known problems are its remarks. */
    HealthCondition condition() {
        return new HealthCondition(
                "github",
                () -> true,
                () -> found.stream()
                        .map(problem -> problem.what() + ". To fix it: " + problem.remedy())
                        .toList());
    }
}
