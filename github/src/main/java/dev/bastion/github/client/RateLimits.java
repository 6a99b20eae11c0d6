package dev.bastion.github.client;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks GitHub's primary and secondary rate limits; calls fail locally until the reset, because GitHub bans clients that
 * go on sending while they are limited.
 *
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api">its limits</a>
 */
final class RateLimits implements Interceptor {
    private static final Logger LOG = LoggerFactory.getLogger(RateLimits.class);
    /** What GitHub's documentation asks for where the response does not say how long. */
    private static final Duration DEFAULT_PAUSE = Duration.ofMinutes(1);
    /** A warning is logged when less than one request in this many is left. */
    private static final long LOW = 10;

    private static final long MAX_BODY = 1 << 16;

    /** @param end by {@link System#nanoTime}, which no change of the clock moves */
    private record Pause(long end, String why) {
        static final Pause NONE = new Pause(Long.MIN_VALUE, "");
    }

    private volatile Pause pause = Pause.NONE;
    /** The reset time of the hour for which the warning was logged. */
    private volatile String warned = "";

    /** @throws GithubUnavailable while a limit is in force: then nothing is sent */
    @Override
    public Response intercept(Chain chain) throws IOException {
        requireOpen();
        Response response = chain.proceed(chain.request());
        if (isLimited(response)) {
            try (response) {
                throw limited(response);
            }
        }
        warnWhenLow(response);
        return response;
    }

    private void requireOpen() throws GithubUnavailable {
        Pause now = pause;
        long left = now.equals(Pause.NONE) ? 0 : now.end() - System.nanoTime();
        if (left > 0) {
            throw GithubUnavailable.limited(now.why(), Duration.ofNanos(left));
        }
    }

    private GithubUnavailable limited(Response response) {
        Duration length = length(response);
        String why = kind(response) + " of GitHub is reached" + until(response, length);
        pause = new Pause(System.nanoTime() + length.toNanos(), why);
        LOG.atWarn()
                .addKeyValue("limit", kind(response))
                .addKeyValue("seconds", length.toSeconds())
                .log("github.limited");
        return GithubUnavailable.limited(why, length);
    }

    /** Recognized by the headers; the secondary limit sometimes only by the message. */
    private static boolean isLimited(Response response) throws IOException {
        return response.code() == 429
                || (response.code() == 403
                        && (response.header("Retry-After") != null || isUsedUp(response) || saysSo(response)));
    }

    private static boolean isUsedUp(Response response) {
        return number(response, "X-RateLimit-Remaining")
                .filter(left -> left == 0)
                .isPresent();
    }

    private static boolean saysSo(Response response) throws IOException {
        String body = response.peekBody(MAX_BODY).string().toLowerCase(Locale.ROOT);
        return body.contains("secondary rate limit") || body.contains("abuse detection");
    }

    /** How long a response asks to wait; empty when it does not say, or gives a date instead. */
    static Optional<Duration> retryAfter(Response response) {
        return number(response, "Retry-After").map(Duration::ofSeconds);
    }

    private static Duration length(Response response) {
        Optional<Duration> requested = retryAfter(response);
        if (requested.isPresent()) {
            return requested.get();
        }
        Optional<Instant> reset = reset(response);
        Optional<Instant> now = date(response);
        if (isUsedUp(response) && reset.isPresent() && now.isPresent()) {
            Duration left = Duration.between(now.get(), reset.get());
            return left.isNegative() ? Duration.ZERO : left.plusSeconds(1);
        }
        return DEFAULT_PAUSE;
    }

    private static String kind(Response response) {
        return isUsedUp(response) ? "the rate limit" : "the secondary rate limit";
    }

    /** By GitHub's clock, which every response carries. */
    private static String until(Response response, Duration length) {
        return date(response).map(now -> ", until " + now.plus(length)).orElse(", for " + length.toSeconds() + " s");
    }

    private void warnWhenLow(Response response) {
        Optional<Long> left = number(response, "X-RateLimit-Remaining");
        Optional<Long> all = number(response, "X-RateLimit-Limit");
        if (left.isEmpty() || all.isEmpty() || left.get() * LOW >= all.get()) {
            return;
        }
        String reset = response.header("X-RateLimit-Reset", "");
        if (!warned.equals(reset)) {
            warned = reset;
            LOG.atWarn()
                    .addKeyValue("left", left.get())
                    .addKeyValue("of", all.get())
                    .addKeyValue(
                            "resets", reset(response).map(Instant::toString).orElse("?"))
                    .log("github.limit-low");
        }
    }

    private static Optional<Instant> reset(Response response) {
        return number(response, "X-RateLimit-Reset").map(Instant::ofEpochSecond);
    }

    private static Optional<Long> number(Response response, String header) {
        return Optional.ofNullable(response.header(header))
                .filter(text -> text.matches("\\d{1,12}"))
                .map(Long::valueOf);
    }

    private static Optional<Instant> date(Response response) {
        return Optional.ofNullable(response.headers().getInstant("Date"));
    }
}
