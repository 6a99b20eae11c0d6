package dev.bastion.benchmarks.report;

import java.time.Instant;

/**
 * Where and when a run was measured.
 *
 * @param processors how many the Java machine may use
 * @param at when the run began, RFC 3339 UTC
 */
public record Machine(String system, int processors, String java, String at) {
    public static Machine now(Instant at) {
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                at.toString());
    }

    /** Like {@code 2026-01-15T12:00:00Z, 2 processors}. */
    String text() {
        return at + ", " + processors + " processors";
    }
}
