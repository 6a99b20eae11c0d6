package dev.bastion.access.rules;

import dev.bastion.access.grant.GrantDuration;

/**
 * The rules of break-glass access.
 *
 * @param uses a person's uses in one environment within {@code per}
 */
public record BreakGlassRules(Audience allowed, GrantDuration longest, int uses, GrantDuration per) {
    public static final BreakGlassRules NOBODY = new BreakGlassRules(Audience.NOBODY, GrantDuration.parse("1h"));

    /** Once a day. */
    public BreakGlassRules(Audience allowed, GrantDuration longest) {
        this(allowed, longest, 1, GrantDuration.parse("24h"));
    }

    BreakGlassRules answered(AudienceAnswers answers, PeopleDirectory people) {
        return new BreakGlassRules(allowed.answered(answers, people), longest, uses, per);
    }
}
