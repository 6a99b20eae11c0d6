package dev.bastion.access.reconcile;

import dev.bastion.access.fault.TerminationRefused;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.port.BastionTerminator;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ReconcileLog;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A terminator that alarms people, once for each instance, when the platform refuses a termination. Its callers call again
 * while the instance is there, so that it ends once a person has removed the cause.
 */
public final class AlarmingTerminator implements BastionTerminator {
    private final BastionTerminator terminator;
    private final Notifier notifier;
    private final ReconcileLog log;
    private final Set<String> alarmed = ConcurrentHashMap.newKeySet();

    public AlarmingTerminator(BastionTerminator terminator, Notifier notifier, ReconcileLog log) {
        this.terminator = terminator;
        this.notifier = notifier;
        this.log = log;
    }

    @Override
    public void terminate(BastionObservation bastion) {
        try {
            terminator.terminate(bastion);
            alarmed.remove(bastion.instance());
        } catch (TerminationRefused refused) {
            if (alarmed.add(bastion.instance())) {
                log.alarm(
                        "termination.refused",
                        Map.of(
                                "instance", bastion.instance(),
                                "environment", bastion.environment(),
                                "reason", refused.why()));
            }
            notifier.terminationRefused(bastion, refused.why(), refused.remedy());
        }
    }
}
