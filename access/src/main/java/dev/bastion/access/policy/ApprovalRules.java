package dev.bastion.access.policy;

import dev.bastion.access.grant.GrantDuration;
import java.time.Duration;

/**
 * The rules of requests that need approval.
 *
 * @param window how long a proposal waits before it lapses
 * @param covers the total up to which an approved grant may be extended without another approval; zero covers the approved
 *     duration alone
 * @param planRequired whether a merge needs CI's plan
 */
public record ApprovalRules(GrantDuration window, Duration covers, boolean planRequired, BreakGlassRules breakGlass) {
    public static final ApprovalRules USUAL =
            new ApprovalRules(GrantDuration.parse("1h"), Duration.ZERO, true, BreakGlassRules.NOBODY);
}
