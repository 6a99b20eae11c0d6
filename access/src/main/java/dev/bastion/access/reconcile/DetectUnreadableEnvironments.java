package dev.bastion.access.reconcile;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The alarm for environments that may be open although their file cannot be read: at once, and again at their end. */
public final class DetectUnreadableEnvironments {
    private final Notifier notifier;
    private final ReconcileLog log;
    private final InstantSource clock;
    private final Set<Alarm> raised = ConcurrentHashMap.newKeySet();

    /** One commit can make several environments unreadable. */
    private record Alarm(EnvironmentName environment, Optional<CommitId> commit, boolean isAtItsEnd) {}

    public DetectUnreadableEnvironments(Notifier notifier, ReconcileLog log, InstantSource clock) {
        this.notifier = notifier;
        this.log = log;
        this.clock = clock;
    }

    public void check(LedgerSnapshot ledger, FailureCollector failures) {
        for (var unreadable : ledger.unreadable()) {
            failures.attempt(
                    "environment.alarm.failed",
                    Map.of("environment", unreadable.environment().value()),
                    () -> alarm(unreadable));
        }
    }

    private void alarm(EnvironmentState.Unclear unreadable) {
        boolean isAtItsEnd = unreadable
                .grant()
                .filter(grant -> grant.hasEnded(clock.instant().minus(MonitorGrants.REVERSION_TAKES)))
                .isPresent();
        var commit = unreadable.edit().map(EnvironmentState.Edit::commit);
        if (raised.add(new Alarm(unreadable.environment(), commit, isAtItsEnd))) {
            log.alarm(
                    "environment.unreadable",
                    Map.of(
                            "environment", unreadable.environment().value(),
                            "problem", unreadable.problem(),
                            "commit", commit.map(CommitId::value).orElse(""),
                            "committer",
                                    unreadable
                                            .edit()
                                            .map(edit -> edit.by().name())
                                            .orElse(""),
                            "ends_at",
                                    unreadable
                                            .grant()
                                            .map(Grant::expiresAt)
                                            .map(Object::toString)
                                            .orElse(""),
                            "at_its_end", String.valueOf(isAtItsEnd)));
        }
        notifier.environmentUnreadable(unreadable, isAtItsEnd);
    }
}
