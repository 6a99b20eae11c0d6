package dev.bastion.benchmarks.subject;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits on conditions and times. */
public final class Await {
    private Await() {}

    /** @throws IllegalStateException when it is not so after the longest wait */
    public static void until(String what, Duration longest, BooleanSupplier condition) {
        until(what, longest, Duration.ofMillis(2), condition);
    }

    /** @param every how often to look, for a condition that takes time to evaluate */
    public static void until(String what, Duration longest, Duration every, BooleanSupplier condition) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not after " + longest.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(every.toNanos());
        }
    }

    /** Waits until this value of {@link System#nanoTime}. */
    public static void untilNanos(long moment) {
        for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
