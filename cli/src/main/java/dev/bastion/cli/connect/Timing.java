package dev.bastion.cli.connect;

import java.time.Duration;

/**
 * How often things are looked at.
 *
 * @param tick how often the clock and the processes
 * @param read how often the bastion's tags, which say when the grant ends
 * @param poll how often a bastion that starts
 * @param firstBackOff how long after a first failed connection the next one is tried; doubles each time
 */
record Timing(Duration tick, Duration read, Duration poll, Duration firstBackOff) {
    static final Timing REAL =
            new Timing(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(3), Duration.ofSeconds(1));

    private static final int MOST_DOUBLINGS = 5;

    /** The time before the next connection, after so many that failed one after the other. */
    Duration backOff(int failures) {
        return failures == 0 ? Duration.ZERO : firstBackOff.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    }
}
