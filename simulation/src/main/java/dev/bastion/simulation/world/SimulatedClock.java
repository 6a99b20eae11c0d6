package dev.bastion.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock of the world. Only the simulation moves it; servers' threads read it. */
public final class SimulatedClock implements InstantSource {
    private volatile Instant now;

    SimulatedClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    void moveTo(Instant moment) {
        now = moment;
    }

    /** By how much the clock of one machine is wrong. */
    public static final class Skew {
        private volatile Duration by = Duration.ZERO;

        /** Makes the machine's clock jump. */
        public void set(Duration difference) {
            by = difference;
        }

        public Duration by() {
            return by;
        }
    }
}
