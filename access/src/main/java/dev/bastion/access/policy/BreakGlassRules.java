package dev.bastion.access.policy;

import dev.bastion.access.grant.GrantDuration;

/**
 * Opening at once what others should have approved first, because something burns. Everybody concerned is told, the ledger
 * says so for ever, and an approval is asked for after the fact.
 *
 * @param allowed who may
 * @param longest for how long at most
 */
public record BreakGlassRules(Audience allowed, GrantDuration longest) {
    public static final BreakGlassRules NOBODY = new BreakGlassRules(Audience.NOBODY, GrantDuration.parse("1h"));
}
