package dev.bastion.sandbox.github;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What is wrong with the forge at the moment. Everything here may be switched by any thread, and counts at once. */
public final class Faults {
    private volatile boolean down;
    private volatile Duration delay = Duration.ZERO;
    private volatile Optional<String> refusal = Optional.empty();
    private final AtomicInteger lostAcknowledgements = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger modifiedBases = new AtomicInteger();

    Faults() {}

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

    /** The next so many merges are told (405) that the base branch was modified meanwhile. */
    public void modifyBase(int merges) {
        modifiedBases.set(merges);
    }

    boolean takeModifiedBase() {
        return take(modifiedBases);
    }

    boolean isDown() {
        return down;
    }

    Duration delay() {
        return delay;
    }

    Optional<String> refusal() {
        return refusal;
    }

    boolean takeFailure() {
        return take(failures);
    }

    boolean takeLostAcknowledgement() {
        return take(lostAcknowledgements);
    }

    private static boolean take(AtomicInteger left) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }
}
