package dev.bastion.github.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much more GitHub lets itself be asked. It punishes those who go on asking while they are limited, so nobody does:
 * until then each request is answered here.
 *
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api">its limits</a>
 */
final class RateLimits {
    private static final Logger LOG = LoggerFactory.getLogger(RateLimits.class);
    /** What GitHub asks for where it says that somebody is limited and not for how long. */
    private static final Duration UNSAID = Duration.ofMinutes(1);
    /** Less than this part of an hour's requests left is worth a warning. */
    private static final long LOW = 10;

    /** @param end by {@link System#nanoTime}, which no change of the clock moves */
    private record Pause(long end, String why) {
        static final Pause NONE = new Pause(Long.MIN_VALUE, "");
    }

    private volatile Pause pause = Pause.NONE;
    /** The reset of the hour of which it was said that it runs low. */
    private volatile String warned = "";

    /** @throws GithubUnavailable when GitHub said to be left alone, and the time is not over */
    void requireOpen() throws GithubUnavailable {
        Pause now = pause;
        long left = now.equals(Pause.NONE) ? 0 : now.end() - System.nanoTime();
        if (left > 0) {
            throw GithubUnavailable.limited(now.why(), Duration.ofNanos(left));
        }
    }

    /** @throws GithubUnavailable when this answer says to leave it alone */
    void update(ApiResponse reply) throws GithubUnavailable {
        if (isLimited(reply)) {
            Duration length = length(reply);
            String why = kind(reply) + " of GitHub is reached" + until(reply, length);
            pause = new Pause(System.nanoTime() + length.toNanos(), why);
            LOG.atWarn().addKeyValue("seconds", length.toSeconds()).log("github.limited");
            throw GithubUnavailable.limited(why, length);
        }
        warnWhenLow(reply);
    }

    /** Told by headers, or, for the secondary limit, by nothing but the message. */
    private static boolean isLimited(ApiResponse reply) {
        return reply.status() == 429
                || (reply.status() == 403
                        && (reply.header("Retry-After").isPresent() || isUsedUp(reply) || saysSo(reply)));
    }

    private static boolean isUsedUp(ApiResponse reply) {
        return number(reply, "X-RateLimit-Remaining").filter(left -> left == 0).isPresent();
    }

    private static boolean saysSo(ApiResponse reply) {
        String message = reply.json().path("message").asText("").toLowerCase(Locale.ROOT);
        return message.contains("secondary rate limit") || message.contains("abuse detection");
    }

    /** How long an answer asks to be waited; empty when it does not say, or gives a date instead. */
    static Optional<Duration> retryAfter(ApiResponse reply) {
        return number(reply, "Retry-After").map(Duration::ofSeconds);
    }

    private static Duration length(ApiResponse reply) {
        Optional<Duration> said = retryAfter(reply);
        if (said.isPresent()) {
            return said.get();
        }
        Optional<Instant> reset = number(reply, "X-RateLimit-Reset").map(Instant::ofEpochSecond);
        Optional<Instant> now = date(reply);
        if (isUsedUp(reply) && reset.isPresent() && now.isPresent()) {
            Duration left = Duration.between(now.get(), reset.get());
            return left.isNegative() ? Duration.ZERO : left.plusSeconds(1);
        }
        return UNSAID;
    }

    private static String kind(ApiResponse reply) {
        return isUsedUp(reply) ? "the rate limit" : "the secondary rate limit";
    }

    /** By GitHub's clock, which it sends along. */
    private static String until(ApiResponse reply, Duration length) {
        return date(reply).map(now -> ", until " + now.plus(length)).orElse(", for " + length.toSeconds() + " s");
    }

    private void warnWhenLow(ApiResponse reply) {
        Optional<Long> left = number(reply, "X-RateLimit-Remaining");
        Optional<Long> all = number(reply, "X-RateLimit-Limit");
        if (left.isEmpty() || all.isEmpty() || left.get() * LOW >= all.get()) {
            return;
        }
        String reset = reply.header("X-RateLimit-Reset").orElse("");
        if (!warned.equals(reset)) {
            warned = reset;
            LOG.atWarn()
                    .addKeyValue("left", left.get())
                    .addKeyValue("of", all.get())
                    .addKeyValue(
                            "resets",
                            number(reply, "X-RateLimit-Reset")
                                    .map(Instant::ofEpochSecond)
                                    .map(Instant::toString)
                                    .orElse("?"))
                    .log("github.limit-low");
        }
    }

    private static Optional<Long> number(ApiResponse reply, String header) {
        return reply.header(header).filter(text -> text.matches("\\d{1,12}")).map(Long::valueOf);
    }

    private static Optional<Instant> date(ApiResponse reply) {
        try {
            return reply.header("Date")
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
