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
    private volatile boolean activityHidden;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger modifiedBases = new AtomicInteger();

    public GitHubFaults() {}

    /** Answers 403 to questions about who moved which branch. */
    public void hideActivity() {
        activityHidden = true;
    }

    public boolean hidesActivity() {
        return activityHidden;
    }

    /** Starts an outage: git and REST answer 503. */
    public void down() {
        down = true;
    }

    public void up() {
        down = false;
    }

    /** Delays every answer of git and REST by this much; zero ends it. */
    public void slow(Duration by) {
        delay = by;
    }

    /** Rejects all pushes as a ruleset does, with this text (GitHub's texts begin with {@code GH013}). */
    public void refusePushes(String why) {
        refusal = Optional.of(why);
    }

    public void acceptPushes() {
        refusal = Optional.empty();
    }

    /** Accepts the next {@code pushes} pushes, but answers 502 to the pusher. */
    public void loseAcknowledgements(int pushes) {
        lostAcknowledgements.set(pushes);
    }

    /** Answers 502 to the next {@code requests} requests of git or REST. */
    public void failNext(int requests) {
        failures.set(requests);
    }

    /** Until {@code reset}, answers REST requests with 403 and no remaining allowance. */
    public void exhaustAllowance(Instant reset) {
        exhaustedUntil = reset;
    }

    public void restoreAllowance() {
        exhaustedUntil = Instant.MIN;
    }

    /**
     * Answers the next {@code requests} requests of REST with a secondary rate limit.
     *
     * @param status 403 or 429; GitHub uses both
     * @param retryAfter the header's value; empty for an answer that names the limit only in its text, as GitHub's
     * sometimes do
     */
    public void secondaryLimit(int status, Optional<Duration> retryAfter, int requests) {
        secondary = new SecondaryLimit(status, retryAfter);
        secondaryLimits.set(requests);
    }

    /** Answers the next {@code merges} merges with 405: the base branch was modified. */
    public void modifyBase(int merges) {
        modifiedBases.set(merges);
    }

    public boolean takeModifiedBase() {
        return take(modifiedBases);
    }

    /** The answer of a secondary rate limit. */
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
