package dev.bastion.access.grant;

import java.time.Instant;
import java.util.Optional;

/**
 * A request of a person for one environment.
 *
 * @param duration empty for the policy's default
 * @param breakGlass whether to open in an emergency without waiting for approval
 * @param notBefore when access may start at the earliest, whole seconds; empty for at once
 * @param askedAt when it was asked, whole seconds; fixed once, so that a retry yields the same bytes
 */
public record AccessRequest(
        RequestId id,
        Person requester,
        EnvironmentName environment,
        Optional<GrantDuration> duration,
        Reason reason,
        boolean breakGlass,
        Optional<Instant> notBefore,
        Instant askedAt) {
    public AccessRequest {
        Timestamps.requireWholeSeconds(askedAt);
        notBefore.ifPresent(Timestamps::requireWholeSeconds);
    }

    /** A request for access at once. */
    public AccessRequest(
            RequestId id,
            Person requester,
            EnvironmentName environment,
            Optional<GrantDuration> duration,
            Reason reason,
            boolean breakGlass,
            Instant askedAt) {
        this(id, requester, environment, duration, reason, breakGlass, Optional.empty(), askedAt);
    }

    /** A request without break-glass. */
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
