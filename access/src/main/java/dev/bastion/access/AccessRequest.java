package dev.bastion.access;

import java.time.Instant;
import java.util.Optional;

/**
 * A person asks for one environment.
 *
 * @param duration empty for the policy's default
 * @param askedAt when it was asked, whole seconds; fixed once, so that a retry yields the same bytes
 */
public record AccessRequest(
        RequestId id,
        Person requester,
        EnvironmentName environment,
        Optional<GrantDuration> duration,
        Reason reason,
        Instant askedAt) {
    public AccessRequest {
        Moments.requireWholeSeconds(askedAt);
    }
}
