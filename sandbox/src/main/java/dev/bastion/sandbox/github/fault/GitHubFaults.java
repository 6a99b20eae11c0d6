package dev.bastion.sandbox.github.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Switches for GitHub's faults: outages, slow answers, lost acknowledgements, rate limits. Any thread may switch them;
 * they apply at once.
 */
public final class GitHubFaults {
    private volatile boolean down;
    private volatile Duration delay = Duration.ZERO;
    private volatile Optional<String> refusal = Optional.empty();
    private volatile Instant exhaustedUntil = Instant.MIN;
    private volatile SecondaryLimit secondary = new SecondaryLimit(403, Optional.empty());
    private final AtomicInteger secondaryLimits = new AtomicInteger();
    private final AtomicInteger lostAcknowledgements = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger modifiedBases = new AtomicInteger();

    public GitHubFaults() {}

    /** From now on git and REST answer 503. */
    public void down() {
        down = true;
    }

    public void up() {
        down = false;
    }

    /** From now on every answer of git and REST takes this much longer; zero ends it. */
    public void slow(Duration by) {
        delay = by;
    }

    /** From now on pushes are refused as a ruleset refuses them, with this text (GitHub's begin with {@code GH013}). */
    public void refusePushes(String why) {
        refusal = Optional.of(why);
    }

    public void acceptPushes() {
        refusal = Optional.empty();
    }

    /** The next so many pushes are taken, and the pusher is told of a failure (502) all the same. */
    public void loseAcknowledgements(int pushes) {
        lostAcknowledgements.set(pushes);
    }

    /** The next so many requests of git or REST answer 502, then all is well. */
    public void failNext(int requests) {
        failures.set(requests);
    }

    /** From now on, until {@code reset}, REST says that the caller's allowance is used up: 403 with nothing remaining. */
    public void exhaustAllowance(Instant reset) {
        exhaustedUntil = reset;
    }

    public void restoreAllowance() {
        exhaustedUntil = Instant.MIN;
    }

    /**
     * The next so many requests of REST run into a secondary limit.
     *
     * @param status 403 or 429; GitHub uses both
     * @param retryAfter what the header says; empty for an answer that says it in its text alone, as GitHub also does
     */
    public void secondaryLimit(int status, Optional<Duration> retryAfter, int requests) {
        secondary = new SecondaryLimit(status, retryAfter);
        secondaryLimits.set(requests);
    }

    /** The next so many merges are told (405) that the base branch was modified meanwhile. */
    public void modifyBase(int merges) {
        modifiedBases.set(merges);
    }

    public boolean takeModifiedBase() {
        return take(modifiedBases);
    }

    /** A secondary limit, as it is told. */
    public record SecondaryLimit(int status, Optional<Duration> retryAfter) {}

    public Optional<SecondaryLimit> takeSecondaryLimit() {
        return take(secondaryLimits) ? Optional.of(secondary) : Optional.empty();
    }

    /** When the allowance is there again; empty when it is there. */
    public Optional<Instant> exhausted(Instant now) {
        return Optional.of(exhaustedUntil).filter(now::isBefore);
    }

    public boolean isDown() {
        return down;
    }

    public Duration delay() {
        return delay;
    }

    public Optional<String> refusal() {
        return refusal;
    }

    public boolean takeFailure() {
        return take(failures);
    }

    public boolean takeLostAcknowledgement() {
        return take(lostAcknowledgements);
    }

    private static boolean take(AtomicInteger left) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }
}
