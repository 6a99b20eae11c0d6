package dev.bastion.access.policy;

import dev.bastion.access.grant.GrantDuration;

/** The rules of break-glass access, which opens in an emergency and is approved retroactively. */
public record BreakGlassRules(Audience allowed, GrantDuration longest) {
    public static final BreakGlassRules NOBODY = new BreakGlassRules(Audience.NOBODY, GrantDuration.parse("1h"));
}
