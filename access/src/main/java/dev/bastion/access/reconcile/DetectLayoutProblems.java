package dev.bastion.access.reconcile;

import dev.bastion.access.port.Notifier;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.state.LayoutProblem;
import java.util.List;
import java.util.Map;

/**
 * The alarm for files that look like a bastion and are no environment, since nobody would end what they open, and for merged
 * changes that nobody with the right approved.
 */
public final class DetectLayoutProblems {
    private final Notifier notifier;

    public DetectLayoutProblems(Notifier notifier) {
        this.notifier = notifier;
    }

    public void check(List<LayoutProblem> problems, FailureCollector failures) {
        problems.forEach(problem -> failures.attempt(
                "layout.alarm.failed", Map.of("path", problem.path()), () -> notifier.layoutProblem(problem)));
    }
}
