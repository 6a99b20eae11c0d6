package dev.bastion.access.port;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.fault.TerminationRefused;
import dev.bastion.access.grant.BastionObservation;

/** Terminator, without CI, of bastions that outlive their grant. */
public interface BastionTerminator {
    /**
     * Terminates the bastion that was seen, if it still carries our tags.
     *
     * @throws ObservationFailed when the platform does not answer
     * @throws TerminationRefused when it refuses
     */
    void terminate(BastionObservation bastion);
}
