package dev.bastion.access.rules;

import java.time.Duration;

/**
 * How much one person may request, over all environments; break-glass has {@link BreakGlassRules}.
 *
 * @param atOnce open grants and waiting requests
 * @param askAgainAfter the pause after a denied or withdrawn request for the same environment
 */
public record PersonLimits(int atOnce, int requestsPerHour, Duration askAgainAfter) {
    public static final PersonLimits USUAL = new PersonLimits(10, 20, Duration.ofMinutes(5));
}
