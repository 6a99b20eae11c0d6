package dev.bastion.access.reconcile;

import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** The alarm for environments that may be open although their file cannot be read: at once, and again at their end. */
public final class DetectUnreadableEnvironments {
    private final Notifier notifier;
    private final InstantSource clock;

    public DetectUnreadableEnvironments(Notifier notifier, InstantSource clock) {
        this.notifier = notifier;
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
                .map(grant -> new GrantStage.Overdue(Duration.between(grant.expiresAt(), clock.instant())))
                .filter(GrantStage.Overdue::isAlarming)
                .isPresent();
        notifier.environmentUnreadable(unreadable, isAtItsEnd);
    }
}
