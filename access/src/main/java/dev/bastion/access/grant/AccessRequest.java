package dev.bastion.access.grant;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request of a person for one environment.
 *
 * @param duration empty for the policy's default
 * @param breakGlass whether to open in an emergency without waiting for approval
 * @param notBefore when access may start at the earliest, whole seconds; empty for at once
 * @param askedAt when it was asked, whole seconds; fixed once, so that a retry yields the same bytes
 * @param origin where it came from; empty for Slack
 */
public record AccessRequest(
        RequestId id,
        Person requester,
        EnvironmentName environment,
        Optional<GrantDuration> duration,
        Reason reason,
        boolean breakGlass,
        Optional<Instant> notBefore,
        Instant askedAt,
        Optional<Origin> origin) {
    public AccessRequest {
        Timestamps.requireWholeSeconds(askedAt);
        notBefore.ifPresent(Timestamps::requireWholeSeconds);
    }

    /** The same request for a slot of its environment. */
    public AccessRequest in(EnvironmentName slot) {
        return new AccessRequest(id, requester, slot, duration, reason, breakGlass, notBefore, askedAt, origin);
    }

    /** The API, and the OIDC issuer that vouched for the requester: an https address, of visible ASCII without spaces. */
    public record Origin(String issuer) {
        private static final Pattern FORM = Pattern.compile("https?://[!-~&&[^<>\"\\\\]]{1,200}");

        public Origin {
            if (!FORM.matcher(issuer).matches()) {
                throw new InvalidValue("OIDC issuer", issuer, "an address like https://login.example.com");
            }
        }
    }

    /** A request from Slack for access at once. */
    public AccessRequest(
            RequestId id,
            Person requester,
            EnvironmentName environment,
            Optional<GrantDuration> duration,
            Reason reason,
            boolean breakGlass,
            Instant askedAt) {
        this(id, requester, environment, duration, reason, breakGlass, Optional.empty(), askedAt, Optional.empty());
    }

    /** The same without break-glass. */
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
