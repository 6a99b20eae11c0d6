package dev.bastion.access.grant;

import java.time.Instant;
import java.util.Optional;

/**
 * A person asks for one environment.
 *
 * @param duration empty for the policy's default
 * @param breakGlass do not wait for approvals: something burns
 * @param askedAt when it was asked, whole seconds; fixed once, so that a retry yields the same bytes
 */
public record AccessRequest(
        RequestId id,
        Person requester,
        EnvironmentName environment,
        Optional<GrantDuration> duration,
        Reason reason,
        boolean breakGlass,
        Instant askedAt) {
    public AccessRequest {
        Timestamps.requireWholeSeconds(askedAt);
    }

    /** A request that waits for whoever must approve it. */
    public AccessRequest(
            RequestId id,
            Person requester,
            EnvironmentName environment,
            Optional<GrantDuration> duration,
            Reason reason,
            Instant askedAt) {
        this(id, requester, environment, duration, reason, false, askedAt);
    }
}
