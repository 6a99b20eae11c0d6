package dev.bastion.access.port;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;

/** Reader of CI's reports. */
public interface ApplyMonitor {
    /**
     * CI's report on the commit for the environment.
     *
     * @throws ObservationFailed when CI does not answer
     */
    ApplyStatus reportOn(EnvironmentName environment, CommitId commit);
}
