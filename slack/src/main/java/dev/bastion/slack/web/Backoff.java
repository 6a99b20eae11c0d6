package dev.bastion.slack.web;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with jitter: each wait is twice the one before, up to a longest, and a fifth more or less, so that
 * many callers do not come back at once.
 */
public record Backoff(Duration first, Duration longest, RandomGenerator random) {
    private static final int MOST_DOUBLINGS = 20;

    public static Backoff between(Duration first, Duration longest) {
        return new Backoff(first, longest, RandomGenerator.of("L64X128MixRandom"));
    }

    /** @param failures how many times it has failed in a row, from 1 */
    public Duration after(int failures) {
        Duration wait = first.multipliedBy(1L << Math.clamp(failures - 1, 0, MOST_DOUBLINGS));
        Duration capped = wait.compareTo(longest) > 0 ? longest : wait;
        return Duration.ofNanos((long) (capped.toNanos() * (0.8 + 0.4 * random.nextDouble())));
    }

    /** The same, and at least as long as Slack asked for; the longest where only a person can repair the failure. */
    public Duration after(int failures, SlackFailure failure) {
        Duration wait = failure.canBeRetried() ? after(failures) : longest;
        return wait.compareTo(failure.retryAfter()) < 0 ? failure.retryAfter() : wait;
    }
}
