package dev.bastion.access;

import java.util.List;

/** Sees bastions. */
public interface BastionWatch {
    /**
     * Every bastion there is.
     *
     * @throws ObservationFailed when the platform does not answer: nothing is known, which is not the same as absent
     */
    List<Sighting> look();
}
