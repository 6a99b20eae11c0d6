package dev.bastion.access.policy;

import dev.bastion.access.grant.GrantDuration;
import java.time.Duration;

/**
 * What holds for requests that others must approve.
 *
 * @param window how long a proposal waits before it lapses
 * @param covers the total up to which an approved grant may be extended without asking again; what was approved itself is
 *     always covered, so zero is "nothing beyond it"
 * @param planRequired whether CI must have said what would change before a proposal is let through
 * @param breakGlass who may open without waiting for approval, and for how long at most
 */
public record ApprovalRules(GrantDuration window, Duration covers, boolean planRequired, BreakGlassRules breakGlass) {
    /** An hour, nothing beyond what was approved, with a plan, and nobody breaks glass. */
    public static final ApprovalRules USUAL =
            new ApprovalRules(GrantDuration.parse("1h"), Duration.ZERO, true, BreakGlassRules.NOBODY);
}
