package dev.bastion.access.audience;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.membership.ExternalAudience;

/** The systems that keep external audiences. Safe for many threads. */
public interface AudienceDirectory {
    /**
     * Asks who belongs to an audience now.
     *
     * @throws CallFailed when its system does not say; a refusal, as of an audience that was deleted, names what to change
     */
    AudienceListing list(ExternalAudience audience);
}
