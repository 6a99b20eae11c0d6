package dev.bastion.slack.web;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Slack limits each method by itself and says how long to leave it alone
 * (https://docs.slack.dev/apis/web-api/rate-limits); everybody who would call it waits, not only the one who was told.
 */
final class RateLimiter {
    private final InstantSource clock;
    private final Map<String, Instant> shutUntil = new ConcurrentHashMap<>();

    RateLimiter(InstantSource clock) {
        this.clock = clock;
    }

    /** @throws SlackFailure of kind BUSY while Slack wants to be left alone with this method */
    void pass(String method) {
        Instant now = clock.instant();
        Instant until = shutUntil.getOrDefault(method, now);
        if (now.isBefore(until)) {
            throw SlackFailure.busy(method, Duration.between(now, until));
        }
    }

    SlackFailure shut(String method, Duration pause) {
        shutUntil.merge(method, clock.instant().plus(pause), (a, b) -> a.isAfter(b) ? a : b);
        return SlackFailure.busy(method, pause);
    }
}
