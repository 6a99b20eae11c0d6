package dev.bastion.sandbox.github;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much each caller has asked in this hour, and how much is left. An answer that says "not modified" is free.
 *
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api">GitHub on its limits</a>
 */
final class Limits {
    private static final int LIMIT = 5000;

    private final Faults faults;
    private final PullRequests pulls;
    private final Map<String, AtomicInteger> used = new ConcurrentHashMap<>();

    Limits(Faults faults, PullRequests pulls) {
        this.faults = faults;
        this.pulls = pulls;
    }

    /** What is left for a caller at the moment. */
    record Allowance(int limit, int remaining, Instant reset) {
        int used() {
            return limit - remaining;
        }

        Map<String, Object> json() {
            return Map.of("limit", limit, "remaining", remaining, "used", used(), "reset", reset.getEpochSecond());
        }
    }

    /** What time it is here. */
    Instant now() {
        return pulls.now();
    }

    Allowance of(Account caller) {
        Instant now = pulls.now();
        Instant hour = now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        int spent = counter(caller, hour).get();
        return faults.exhausted(now)
                .map(reset -> new Allowance(LIMIT, 0, reset))
                .orElseGet(() -> new Allowance(LIMIT, Math.max(0, LIMIT - spent), hour));
    }

    /** Lets a request in, or throws what GitHub says instead. */
    void admit(Context request, Account caller) {
        faults.takeSecondaryLimit().ifPresent(limit -> {
            limit.retryAfter().ifPresent(wait -> request.header("Retry-After", String.valueOf(wait.toSeconds())));
            throw new Problem(
                    limit.status(),
                    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you"
                            + " reach out to GitHub Support for help, please include the request ID.");
        });
        if (of(caller).remaining() == 0) {
            throw new Problem(
                    403,
                    "API rate limit exceeded for user ID " + caller.id()
                            + ". If you reach out to GitHub Support for help," + " please include the request ID.");
        }
    }

    /** Counts an answer, and says in its headers what is left. */
    void count(Context request, Account caller) {
        if (request.statusCode() != 304 && !request.path().endsWith("/rate_limit")) {
            counter(caller, of(caller).reset()).incrementAndGet();
        }
        Allowance left = of(caller);
        request.header("X-RateLimit-Limit", String.valueOf(left.limit()));
        request.header("X-RateLimit-Remaining", String.valueOf(left.remaining()));
        request.header("X-RateLimit-Used", String.valueOf(left.used()));
        request.header("X-RateLimit-Reset", String.valueOf(left.reset().getEpochSecond()));
        request.header("X-RateLimit-Resource", "core");
    }

    private AtomicInteger counter(Account caller, Instant hour) {
        return used.computeIfAbsent(caller.login() + " " + hour, unknown -> new AtomicInteger());
    }
}
