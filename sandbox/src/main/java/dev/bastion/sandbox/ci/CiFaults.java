package dev.bastion.sandbox.ci;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The faults of the simulated CI, by environment, which a test or the page switches: runs that are held at a moment, never
 * report, are lost, or apply the commit of their push instead of the branch.
 */
public final class CiFaults {
    private final Set<Hold> holds = new HashSet<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Set<String> replacing = ConcurrentHashMap.newKeySet();
    private final Set<String> outdated = ConcurrentHashMap.newKeySet();

    CiFaults() {}

    /** A moment of a run at which it can be held. */
    public enum Moment {
        /** Before it begins: it waits for a runner. */
        QUEUED,
        /** After the checkout and before the launcher: what it applies is decided. */
        CHECKED_OUT
    }

    private record Hold(String environment, Moment moment) {}

    /** Holds the environment's runs that come to the moment, until {@link #release}. */
    public synchronized void hold(String environment, Moment moment) {
        holds.add(new Hold(environment, moment));
    }

    public synchronized void release(String environment) {
        holds.removeIf(hold -> hold.environment().equals(environment));
        notifyAll();
    }

    /** Keeps the environment's runs from reporting: they have no token. */
    public void silence(String environment) {
        silent.add(environment);
    }

    /** Lets a newer run cancel the one that waits, as GitHub's concurrency groups do by default. Nothing reports that one. */
    public void cancelWaiting(String environment) {
        replacing.add(environment);
    }

    /** Lets the environment's runs check out the commit of their push, as workflows do that name no branch. */
    public void checkOutThePush(String environment) {
        outdated.add(environment);
    }

    synchronized void await(Run run, Moment moment) throws InterruptedException {
        while (anyOf(run, name -> holds.contains(new Hold(name, moment))) && !run.isCancelled()) {
            wait();
        }
    }

    /** Lets held runs see that they were cancelled. */
    synchronized void wake() {
        notifyAll();
    }

    boolean isSilent(Run run) {
        return anyOf(run, silent::contains);
    }

    boolean cancelsWaiting(Run run) {
        return anyOf(run, replacing::contains);
    }

    boolean isOutdated(Run run) {
        return anyOf(run, outdated::contains);
    }

    private static boolean anyOf(Run run, Predicate<String> test) {
        return run.work().environments().stream()
                .map(EnvironmentDirectory::name)
                .anyMatch(test);
    }
}
