package dev.bastion.sandbox.github.fault;

import dev.bastion.sandbox.fault.FaultSwitch;
import dev.bastion.sandbox.fault.Platform;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Switches for GitHub's faults: those of {@link GitHubFault}, and some with numbers, for tests. Any thread may switch
 * them; they apply at once.
 */
public final class GitHubFaults {
    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final Duration LAG = Duration.ofSeconds(8);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final Set<GitHubFault> on = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;
    private volatile Duration lag = LAG;
    private volatile Optional<String> refusal = Optional.empty();
    private volatile Instant exhaustedUntil = Instant.MIN;
    private volatile SecondaryLimit secondary = new SecondaryLimit(403, Optional.empty());
    private final AtomicInteger secondaryLimits = new AtomicInteger();
    private final AtomicInteger lostAcknowledgements = new AtomicInteger();
    private volatile boolean activityHidden;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger modifiedBases = new AtomicInteger();

    public GitHubFaults() {}

    /** All faults that last, each with its switch. */
    public List<FaultSwitch> switches() {
        return Arrays.stream(GitHubFault.values())
                .map(fault -> FaultSwitch.lasting(Platform.GITHUB, fault, () -> isOn(fault), now -> turn(fault, now)))
                .toList();
    }

    public void turn(GitHubFault fault, boolean now) {
        if (now) {
            on.add(fault);
        } else {
            on.remove(fault);
        }
    }

    public boolean isOn(GitHubFault fault) {
        return on.contains(fault);
    }

    /** Answers 403 to questions about who moved which branch. */
    public void hideActivity() {
        activityHidden = true;
    }

    public boolean hidesActivity() {
        return activityHidden;
    }

    /** Starts an outage: git and REST answer 503. */
    public void down() {
        turn(GitHubFault.DOWN, true);
    }

    public void up() {
        turn(GitHubFault.DOWN, false);
    }

    /** Delays every answer of git and REST by this much; zero ends it. */
    public void slow(Duration by) {
        delay = by;
    }

    /** How long REST does not show what was written, while it lags. */
    public void lagBy(Duration behind) {
        lag = behind;
        turn(GitHubFault.LAG, !behind.isZero());
    }

    /** How far REST is behind; zero when it does not lag. */
    public Duration lag() {
        return isOn(GitHubFault.LAG) ? lag : Duration.ZERO;
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
        if (isOn(GitHubFault.SECONDARY_LIMIT)) {
            return Optional.of(new SecondaryLimit(429, Optional.of(RETRY_AFTER)));
        }
        return take(secondaryLimits) ? Optional.of(secondary) : Optional.empty();
    }

    /** When the allowance is there again; empty when it is there. */
    public Optional<Instant> exhausted(Instant now) {
        if (isOn(GitHubFault.RATE_LIMIT)) {
            return Optional.of(now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1)));
        }
        return Optional.of(exhaustedUntil).filter(now::isBefore);
    }

    public boolean isGitDown() {
        return isOn(GitHubFault.DOWN) || isOn(GitHubFault.GIT_DOWN);
    }

    public boolean isRestDown() {
        return isOn(GitHubFault.DOWN) || isOn(GitHubFault.REST_DOWN);
    }

    public Duration delay() {
        return isOn(GitHubFault.SLOW) ? SLOW : delay;
    }

    public Optional<String> refusal() {
        return isOn(GitHubFault.PUSHES_REFUSED) ? Optional.of("GH013: Repository rule violations found") : refusal;
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
