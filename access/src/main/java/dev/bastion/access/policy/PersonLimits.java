package dev.bastion.access.policy;

import java.time.Duration;

/**
 * How much one person may request, over all environments. Break-glass has a limit of its own.
 *
 * @param atOnce open grants and waiting requests together
 * @param askAgainAfter how long a denied or withdrawn request keeps the person from requesting the environment; zero for
 *     not at all
 */
public record PersonLimits(int atOnce, int requestsPerHour, Duration askAgainAfter) {
    public static final PersonLimits USUAL = new PersonLimits(10, 20, Duration.ofMinutes(5));
}
