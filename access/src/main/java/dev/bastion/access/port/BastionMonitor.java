package dev.bastion.access.port;

import dev.bastion.access.grant.BastionObservation;
import java.util.List;

/** Sees bastions. */
public interface BastionMonitor {
    /**
     * Every bastion there is.
     *
     * @throws ObservationFailed when the platform does not answer: nothing is known, which is not the same as absent
     */
    List<BastionObservation> look();
}
