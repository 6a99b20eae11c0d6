package dev.bastion.access.port;

import dev.bastion.access.grant.BastionObservation;

/** For a bastion that outlives its grant although the ledger is closed: end it without CI. */
public interface BastionTerminator {
    /**
     * Terminates the bastion that was seen, if it still carries our tags.
     *
     * @throws ObservationFailed when the platform does not answer or refuses
     */
    void terminate(BastionObservation bastion);
}
