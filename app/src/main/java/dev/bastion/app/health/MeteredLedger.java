package dev.bastion.app.health;

import dev.bastion.access.forwarding.ForwardingLedger;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.state.LedgerSnapshot;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A ledger that logs and counts every change: {@code grant.opened}, {@code grant.extended}, {@code grant.ended}, {@code
 * grant.expired} and so on, each with environment, request and commit.
 */
public final class MeteredLedger implements ForwardingLedger {
    private static final Logger LOG = LoggerFactory.getLogger(MeteredLedger.class);

    private final GrantLedger ledger;
    private final LedgerMeters meters;
    private final InstantSource clock;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicReference<@Nullable Instant> unanswered = new AtomicReference<>();
    private volatile Instant lastRead = Instant.EPOCH;

    public MeteredLedger(GrantLedger ledger, MeterRegistry metrics, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
        this.meters = new LedgerMeters(metrics, open::get, () -> lastRead);
    }

    @Override
    public GrantLedger delegate() {
        return ledger;
    }

    /** The time of the last successful read; the epoch before the first. */
    public Instant lastRead() {
        return lastRead;
    }

    /** Since when no read has succeeded: the start of the first one that failed or has not returned. */
    public Optional<Instant> unansweredSince() {
        return Optional.ofNullable(unanswered.get());
    }

    @Override
    public LedgerSnapshot read() {
        unanswered.compareAndSet(null, clock.instant());
        LedgerSnapshot snapshot = ledger.read();
        open.set(snapshot.openGrants().size());
        lastRead = clock.instant();
        unanswered.set(null);
        return snapshot;
    }

    @Override
    public RecordResult record(LedgerChange change) {
        Instant start = clock.instant();
        try {
            RecordResult result = ledger.record(change);
            measure(change, result);
            return result;
        } catch (RuntimeException e) {
            meters.failed();
            throw e;
        } finally {
            meters.recorded(Duration.between(start, clock.instant()));
        }
    }

    private void measure(LedgerChange change, RecordResult result) {
        switch (result) {
            case RecordResult.Conflict _ -> meters.conflicted();
            case RecordResult.Recorded(CommitId commit, Grant grant, boolean repeated) -> {
                if (!repeated) {
                    recorded(change, grant, commit);
                }
            }
        }
    }

    private void recorded(LedgerChange change, Grant grant, CommitId commit) {
        String event = event(change);
        meters.changed(event);
        LoggingEventBuilder entry = LOG.atInfo()
                .addKeyValue("environment", grant.environment())
                .addKeyValue("request", grant.request())
                .addKeyValue("commit", commit);
        if (change instanceof LedgerChange.Close(var _, End.Expired _, var _)) {
            Duration late = Duration.between(grant.expiresAt(), clock.instant());
            meters.expired(late);
            entry = entry.addKeyValue("late_ms", late.toMillis());
        }
        entry.log("grant.{}", event);
    }

    private static String event(LedgerChange change) {
        return switch (change) {
            case LedgerChange.Open _ -> "opened";
            case LedgerChange.Start _ -> "started";
            case LedgerChange.Extend _, LedgerChange.ConfirmEnd _ -> "extended";
            case LedgerChange.Approve _ -> "approved";
            case LedgerChange.Close(var _, End.Expired _, var _) -> "expired";
            case LedgerChange.Close(var _, End.EndedBy _, var _) -> "ended";
            case LedgerChange.Close(var _, End.Unapproved _, var _) -> "ended_unapproved";
            case LedgerChange.Close(var _, End.HolderInactive _, var _) -> "ended_inactive_holder";
        };
    }
}
