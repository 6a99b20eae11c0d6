package dev.bastion.app;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.app.health.HealthCondition;
import dev.bastion.github.RepositoryProblem;
import dev.bastion.github.RepositoryProblem.Severity;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The monitor of repository rules that would reject the service's pushes or merges, or that leave the ledger open to
 * others. It reports each problem to the log, a metric and the readiness page, and the grave ones to the channel, once. A problem does not make the service unready: a restart would
 * stop the process that can still tell people.
 */
final class RepositoryRulesMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(RepositoryRulesMonitor.class);

    private final Supplier<List<RepositoryProblem>> rules;
    private final AlarmRecorder alarms;
    private final AtomicInteger refusing = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private volatile List<RepositoryProblem> found = List.of();

    /**
     * @param rules the problems of the repository; throws {@link ObservationFailed} when they are unknown
     */
    RepositoryRulesMonitor(Supplier<List<RepositoryProblem>> rules, AlarmRecorder alarms, MeterRegistry metrics) {
        this.rules = rules;
        this.alarms = alarms;
        metrics.gauge("bastion.github.problems", refusing);
        metrics.gauge("bastion.github.open", open);
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
        refusing.set(having(now, Severity.REFUSES).size());
        open.set(having(now, Severity.GRAVELY_OPEN).size() + having(now, Severity.TOO_OPEN).size());
        List<RepositoryProblem> added =
                now.stream().filter(problem -> !before.contains(problem)).toList();
        having(added, Severity.TOO_OPEN).forEach(problem -> log(Level.WARN, problem));
        having(added, Severity.UNSEEN).forEach(problem -> log(Level.INFO, problem));
        alarm(
                AlarmKind.REPOSITORY_RULES,
                "GitHub's rules would reject what this service does",
                having(added, Severity.REFUSES));
        alarm(
                AlarmKind.REPOSITORY_OPEN,
                "GitHub's rules let others grant access without the access policy",
                having(added, Severity.GRAVELY_OPEN));
        if (now.isEmpty() && !before.isEmpty()) {
            LOG.atInfo().log("github.rules.resolved");
        }
    }

    private static List<RepositoryProblem> having(List<RepositoryProblem> problems, Severity severity) {
        return problems.stream()
                .filter(problem -> problem.severity() == severity)
                .toList();
    }

    private static void log(Level level, RepositoryProblem problem) {
        LOG.atLevel(level)
                .addKeyValue("what", problem.what())
                .addKeyValue("remedy", problem.remedy())
                .log("github.rules.open");
    }

    private void alarm(AlarmKind kind, String what, List<RepositoryProblem> problems) {
        problems.forEach(
                problem -> alarms.record(kind, Map.of("what", problem.what(), "remedy", problem.remedy())));
        if (!problems.isEmpty()) {
            alarms.tell(text(what, problems));
        }
    }

    private static String text(String what, List<RepositoryProblem> problems) {
        return what + " (docs/ci.md, \"The rules at GitHub\"):\n"
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
