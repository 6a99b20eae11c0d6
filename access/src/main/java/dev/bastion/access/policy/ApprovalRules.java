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
 * @param unapproved what the service does about an open grant that the policy does not allow
 */
public record ApprovalRules(
        GrantDuration window,
        Duration covers,
        boolean planRequired,
        BreakGlassRules breakGlass,
        Unapproved unapproved) {
    public enum Unapproved {
        ALARM,
        /** The alarm, and the end as soon as a second look at the forge finds the same. */
        END
    }

    public static final ApprovalRules USUAL =
            new ApprovalRules(GrantDuration.parse("1h"), Duration.ZERO, true, BreakGlassRules.NOBODY);

    /** Rules by which an unapproved grant is an alarm. */
    public ApprovalRules(GrantDuration window, Duration covers, boolean planRequired, BreakGlassRules breakGlass) {
        this(window, covers, planRequired, breakGlass, Unapproved.ALARM);
    }
}
