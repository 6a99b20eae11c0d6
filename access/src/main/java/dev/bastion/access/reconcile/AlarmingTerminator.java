package dev.bastion.access.reconcile;

import dev.bastion.access.fault.TerminationRefused;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.port.BastionTerminator;
import dev.bastion.access.port.Notifier;

/**
 * A terminator that alarms people when the platform refuses a termination. Its callers call again
 * while the instance is there, so that it ends once a person has removed the cause.
 */
public final class AlarmingTerminator implements BastionTerminator {
    private final BastionTerminator terminator;
    private final Notifier notifier;

    public AlarmingTerminator(BastionTerminator terminator, Notifier notifier) {
        this.terminator = terminator;
        this.notifier = notifier;
    }

    @Override
    public boolean terminate(BastionObservation bastion) {
        try {
            return terminator.terminate(bastion);
        } catch (TerminationRefused refused) {
            notifier.terminationRefused(bastion, refused.why(), refused.remedy());
            return false;
        }
    }
}
