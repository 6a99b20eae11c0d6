package dev.bastion.access;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.telemetry.WorkContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** The expiry of grants, by timer and by sweep. Repeating it changes nothing. */
public final class ExpireGrants {
    private final GrantLedger ledger;
    private final ExpiryTimer timer;
    private final InstantSource clock;
    private final Supplier<ExecutorService> threads;
    /** The head at which a grant's file could not be edited. */
    private final Map<RequestId, CommitId> impossibleAt = new ConcurrentHashMap<>();

    public ExpireGrants(GrantLedger ledger, ExpiryTimer timer, InstantSource clock) {
        this(ledger, timer, clock, Executors::newVirtualThreadPerTaskExecutor);
    }

    /** @param threads one for each grant of a sweep */
    public ExpireGrants(GrantLedger ledger, ExpiryTimer timer, InstantSource clock, Supplier<ExecutorService> threads) {
        this.ledger = ledger;
        this.timer = timer;
        this.clock = clock;
        this.threads = threads;
    }

    /** Ends a grant whose timer fired; arms the timer again for a grant that goes on. */
    public void expire(Grant grant) {
        var now = clock.instant();
        if (grant.hasEnded(now)) {
            end(grant, now);
        } else {
            timer.arm(grant);
        }
    }

    private void end(Grant grant, Instant now) {
        switch (ledger.record(new LedgerChange.Close(grant, new End.Expired(), Timestamps.wholeSeconds(now)))) {
            case RecordResult.Conflict(EnvironmentState.Open(var other)) -> timer.arm(other);
            case RecordResult.Conflict(EnvironmentState.Unclear _) ->
                impossibleAt.put(grant.request(), ledger.lastSeen().head());
            case RecordResult.Conflict(EnvironmentState.Closed _) -> {}
            case RecordResult.Recorded _ -> impossibleAt.remove(grant.request());
        }
    }

    /** Ends and returns the overdue grants; arms the timers of the rest. */
    public List<Grant> sweep(LedgerSnapshot snapshot, FailureCollector failures) {
        var now = clock.instant();
        var overdue = snapshot.grantsPastTheirEnd(now).stream()
                .filter(grant -> !snapshot.head().equals(impossibleAt.get(grant.request())))
                .toList();
        // all at once: the ledger writes them as one batch
        try (var each = threads.get()) {
            // execute, not submit: a future would swallow an OutOfMemoryError
            overdue.forEach(grant -> each.execute(
                    () -> failures.attempt("grant.expire.failed", WorkContext.about(grant), () -> end(grant, now))));
        }
        snapshot.openGrants().stream()
                .filter(grant -> !grant.hasEnded(now))
                .forEach(grant ->
                        failures.attempt("grant.arm.failed", WorkContext.about(grant), () -> timer.arm(grant)));
        return overdue;
    }
}
