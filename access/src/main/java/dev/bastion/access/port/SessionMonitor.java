package dev.bastion.access.port;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.observation.Session;
import java.time.Instant;
import java.util.List;

/** Reader of the sessions that people open through SSM. */
public interface SessionMonitor {
    /**
     * The sessions of an instance that began at the moment or later. SSM forgets a session 30 days after its end.
     *
     * @param environment whose account and region are asked
     * @param instance like {@code i-0123456789abcdef0}
     * @throws ObservationFailed when the platform does not answer, or refuses
     */
    Listing sessionsOf(EnvironmentName environment, String instance, Instant since);

    /**
     * What SSM lists of an instance.
     *
     * @param sessions oldest first; at most a thousand
     * @param isComplete whether all have ended, and none is left out
     */
    record Listing(List<Session> sessions, boolean isComplete) {
        public Listing {
            sessions = List.copyOf(sessions);
        }
    }
}
