package dev.bastion.access;

/**
 * Opening at once what others should have approved first, because something burns. Everybody concerned is told, the ledger
 * says so for ever, and an approval is asked for after the fact.
 *
 * @param allowed who may
 * @param longest for how long at most
 */
public record BreakGlass(Audience allowed, GrantDuration longest) {
    public static final BreakGlass NOBODY = new BreakGlass(Audience.NOBODY, GrantDuration.parse("1h"));
}
