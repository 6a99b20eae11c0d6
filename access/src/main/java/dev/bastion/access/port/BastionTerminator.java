package dev.bastion.access.port;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.fault.TerminationRefused;
import dev.bastion.access.grant.BastionObservation;

/** Terminator, without CI, of bastions that outlive their grant. */
public interface BastionTerminator {
    /**
     * Terminates the bastion that was seen, if it still carries our tags.
     *
     * @return whether the platform accepted that; not when it is there no more
     * @throws ObservationFailed when the platform does not answer
     * @throws TerminationRefused when it refuses
     */
    boolean terminate(BastionObservation bastion);
}
