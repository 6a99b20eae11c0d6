package dev.bastion.access.port;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.BastionObservation;
import java.util.List;

/** Observer of bastions. */
public interface BastionMonitor {
    /**
     * Every bastion.
     *
     * @throws ObservationFailed when the platform does not answer: unknown, which is not absent
     */
    List<BastionObservation> look();
}
