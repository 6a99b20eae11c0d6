package dev.bastion.sandbox.slack.call;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slack's rate limits: one bucket for each method, for posting one for each method and channel. Can be switched off.
 *
 * @see <a href="https://docs.slack.dev/apis/web-api/rate-limits">Rate limits</a>
 */
public final class RateLimits {
    /** A bucket of {@code burst} calls that refills at {@code perMinute}. */
    private record Tier(int burst, int perMinute) {
        Duration refill() {
            return Duration.ofMinutes(1).dividedBy(perMinute);
        }
    }

    /** "Generally 1 message per second per channel, with short bursts above it allowed." */
    private static final Tier POSTING = new Tier(5, 60);

    private static final Tier TIER_3 = new Tier(50, 50);
    private static final Tier TIER_4 = new Tier(100, 100);
    private static final Tier SPECIAL = new Tier(600, 600);

    private final Map<String, Instant> fullAgain = new HashMap<>();
    private boolean on = true;

    public synchronized void turn(boolean nowOn) {
        on = nowOn;
        fullAgain.clear();
    }

    /** Nothing when the call may go ahead, and it is counted; else how long to wait, in whole seconds. */
    public synchronized Optional<Duration> take(ApiRequest request, Instant now) {
        if (!on) {
            return Optional.empty();
        }
        Tier tier = tier(request.method());
        String bucket = request.method()
                + (tier.equals(POSTING) ? " " + request.text("channel").orElse("") : "");
        Instant full = fullAgain.getOrDefault(bucket, now);
        Instant after = (full.isBefore(now) ? now : full).plus(tier.refill());
        Duration beyond = Duration.between(now.plus(tier.refill().multipliedBy(tier.burst())), after);
        if (beyond.isPositive()) {
            return Optional.of(
                    Duration.ofSeconds(Math.max(1, beyond.plusMillis(999).toSeconds())));
        }
        fullAgain.put(bucket, after);
        return Optional.empty();
    }

    private static Tier tier(String method) {
        return switch (method) {
            case "chat.postMessage" -> POSTING;
            case "chat.update", "chat.delete" -> TIER_3;
            case "conversations.open", "conversations.history", "conversations.info", "conversations.replies" -> TIER_3;
            case "users.conversations" -> TIER_3;
            case "auth.test", "chat.getPermalink", "apps.connections.open" -> SPECIAL;
            default -> TIER_4;
        };
    }
}
