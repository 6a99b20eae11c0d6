package dev.bastion.github.client;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The time that one call may take, its attempts and the pauses between them together. */
final class RetryDeadline {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    /** What must be left after a pause, or the attempt after it would be cut short. */
    private static final Duration ATTEMPT = Duration.ofMillis(500);

    private final RandomGenerator random = RandomGenerator.getDefault();
    private final long end;
    private int attempts;

    RetryDeadline(Duration length) {
        this.end = System.nanoTime() + length.toNanos();
    }

    /** What is left; at least 1, because OkHttp takes 0 for "no limit". */
    long nanos() {
        return Math.max(1, end - System.nanoTime());
    }

    /**
     * Waits before the next attempt.
     *
     * @param wanted how long GitHub asks for; empty for a pause that doubles each time
     * @return whether there is time for another attempt; if not, this returns at once
     */
    boolean waitFor(Optional<Duration> wanted) throws GithubUnavailable {
        Duration pause = wanted.orElseGet(this::growing);
        if (pause.plus(ATTEMPT).toNanos() > nanos()) {
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw GithubUnavailable.broken(new InterruptedIOException("interrupted"));
        }
        return true;
    }

    /** Half of a bound that doubles, and up to as much again at random, so that clients that failed together spread out. */
    private Duration growing() {
        long bound = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempts++, 8));
        return Duration.ofMillis(bound / 2 + random.nextLong(bound / 2));
    }
}
