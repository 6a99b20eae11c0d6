package dev.bastion.slack.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pauses that Slack asked for, method by method (https://docs.slack.dev/apis/web-api/rate-limits). Every caller of the
 * method waits, not only the one that was limited.
 */
final class RateLimiter {
    private final InstantSource clock;
    private final Map<String, Instant> pausedUntil = new ConcurrentHashMap<>();

    RateLimiter(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws SlackFailure of kind BUSY while Slack wants no call of this method */
    void pass(String method) {
        Instant now = clock.instant();
        Instant until = pausedUntil.getOrDefault(method, now);
        if (now.isBefore(until)) {
            throw SlackFailure.busy(method, Duration.between(now, until));
        }
    }

    SlackFailure pause(String method, Duration retryAfter) {
        pausedUntil.merge(method, clock.instant().plus(retryAfter), (a, b) -> a.isAfter(b) ? a : b);
        return SlackFailure.busy(method, retryAfter);
    }
}
