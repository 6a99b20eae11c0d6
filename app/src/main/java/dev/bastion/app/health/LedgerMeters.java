package dev.bastion.app.health;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** The metrics of a ledger. All are there from the start, so that the first event is an increase (docs/operate.md). */
final class LedgerMeters {
    private static final List<String> EVENTS = List.of(
            "opened",
            "started",
            "extended",
            "approved",
            "expired",
            "ended",
            "ended_unapproved",
            "ended_inactive_holder");
    private static final Duration[] PUSHES = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };
    private static final Duration[] REVERSIONS = {
        Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2)
    };

    private final MeterRegistry metrics;
    private final Counter failures;
    private final Counter conflicts;
    private final Timer records;
    private final Timer lateness;

    LedgerMeters(MeterRegistry metrics, IntSupplier open, Supplier<Instant> lastRead) {
        this.metrics = metrics;
        this.failures = metrics.counter("bastion.ledger.failures");
        this.conflicts = metrics.counter("bastion.ledger.conflicts");
        this.records = Timer.builder("bastion.ledger.record")
                .description("From a change until git has it.")
                .serviceLevelObjectives(PUSHES)
                .register(metrics);
        this.lateness = Timer.builder("bastion.expiry.lateness")
                .description("From a grant's end until its file is reverted.")
                .serviceLevelObjectives(REVERSIONS)
                .register(metrics);
        EVENTS.forEach(this::grants);
        Gauge.builder("bastion.grants.open", open::getAsInt)
                .description("Open grants, as the ledger was read last.")
                .register(metrics);
        Gauge.builder("bastion.ledger.last.read.timestamp", () -> lastRead.get().getEpochSecond())
                .baseUnit("seconds")
                .description("When the ledger was read last, as Unix time; 0 before the first read.")
                .register(metrics);
    }

    private Counter grants(String event) {
        return metrics.counter("bastion.grants", "event", event);
    }

    void changed(String event) {
        grants(event).increment();
    }

    void failed() {
        failures.increment();
    }

    void conflicted() {
        conflicts.increment();
    }

    void recorded(Duration took) {
        records.record(took);
    }

    void expired(Duration late) {
        lateness.record(late);
    }
}
