package dev.bastion.access.reconcile;

import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.state.LayoutProblem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The alarm for files that look like a bastion and are no environment, since nobody would end what they open, and for merged
 * changes that nobody with the right approved.
 */
public final class DetectLayoutProblems {
    private final Notifier notifier;
    private final ReconcileLog log;
    private final Set<LayoutProblem> raised = ConcurrentHashMap.newKeySet();

    public DetectLayoutProblems(Notifier notifier, ReconcileLog log) {
        this.notifier = notifier;
        this.log = log;
    }

    public void check(List<LayoutProblem> problems, FailureCollector failures) {
        raised.retainAll(problems);
        problems.forEach(problem -> failures.attempt("layout.alarm.failed", Map.of("path", problem.path()), () -> {
            if (raised.add(problem)) {
                log.alarm(
                        "layout.problem",
                        Map.of(
                                "kind", problem.kind().name().toLowerCase(Locale.ROOT),
                                "path", problem.path(),
                                "problem", problem.problem(),
                                "commit", problem.commit().value(),
                                "committer", problem.by()));
            }
            notifier.layoutProblem(problem);
        }));
    }
}
