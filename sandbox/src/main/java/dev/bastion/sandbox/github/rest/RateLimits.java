package dev.bastion.sandbox.github.rest;

import dev.bastion.sandbox.github.account.Account;
import dev.bastion.sandbox.github.fault.GitHubException;
import dev.bastion.sandbox.github.fault.GitHubFaults;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * GitHub's rate limits: the requests of each caller in the current hour. A 304 is not counted.
 *
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api">GitHub on its limits</a>
 */
public final class RateLimits {
    private static final int LIMIT = 5000;

    private final GitHubFaults faults;
    private final InstantSource clock;
    private final Map<String, AtomicInteger> used = new ConcurrentHashMap<>();

    public RateLimits(GitHubFaults faults, InstantSource clock) {
        this.faults = faults;
        this.clock = clock;
    }

    /** What is left for a caller at the moment. */
    public record Allowance(int limit, int remaining, Instant reset) {
        int used() {
            return limit - remaining;
        }

        public Map<String, Object> json() {
            return Map.of("limit", limit, "remaining", remaining, "used", used(), "reset", reset.getEpochSecond());
        }
    }

    /** What time it is here. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    public Allowance of(Account caller) {
        Instant now = now();
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
            throw new GitHubException(
                    limit.status(),
                    "You have exceeded a secondary rate limit. Please wait a few minutes before you try again. If you"
                            + " reach out to GitHub Support for help, please include the request ID.");
        });
        if (of(caller).remaining() == 0) {
            throw new GitHubException(
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
