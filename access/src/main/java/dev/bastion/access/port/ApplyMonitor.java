package dev.bastion.access.port;

import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;

/** Sees what CI does with a commit. */
public interface ApplyMonitor {
    /**
     * What CI says of this commit for this environment.
     *
     * @throws ObservationFailed when it could not be asked
     */
    ApplyStatus reportOn(EnvironmentName environment, CommitId commit);
}
