package dev.bastion.access;

import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.snapshot.FailureCollector;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The end of grants by the clock. Timer and sweep both come here, and the ledger decides: twice is the same as once. */
public final class ExpireGrants {
    private final GrantLedger ledger;
    private final ExpiryTimer timer;
    private final InstantSource clock;

    public ExpireGrants(GrantLedger ledger, ExpiryTimer timer, InstantSource clock) {
        this.ledger = ledger;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * A timer says this grant has ended. Ends it, unless the ledger says it was extended, replaced or ended meanwhile; then
     * what is open now is timed instead. A timer that came early is armed again.
     *
     * @throws LedgerUnreachable when it could not be written down; it is safe and right to try again
     * @throws LedgerRejected when the remote will not have it
     */
    public void expire(Grant grant) {
        Instant now = clock.instant();
        if (!grant.hasEnded(now)) {
            timer.arm(grant);
            return;
        }
        RecordResult result =
                ledger.record(new LedgerChange.Close(grant, new End.Expired(), Timestamps.wholeSeconds(now)));
        if (result instanceof RecordResult.Conflict(EnvironmentState.Open(Grant other))) {
            timer.arm(other);
        }
    }

    /**
     * The guarantee beside the timers: ends everything that is past its end, then times everything that is open, also what
     * someone merged or extended by hand. Each grant is on its own; the failures are {@link LedgerUnreachable} and {@link
     * LedgerRejected}.
     *
     * @return the grants that were past their end
     */
    public List<Grant> sweep(LedgerSnapshot ledger, FailureCollector failures) {
        Instant now = clock.instant();
        List<Grant> ended = ledger.grantsPastTheirEnd(now);
        expireAll(ended, failures);
        ledger.openGrants().stream()
                .filter(grant -> !grant.hasEnded(now))
                .forEach(grant -> failures.attempt("grant.arm.failed", about(grant), () -> timer.arm(grant)));
        return ended;
    }

    /** All at once, so that the ledger can write them as one batch. */
    private void expireAll(List<Grant> ended, FailureCollector failures) {
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            // execute, not submit: a future would keep an OutOfMemoryError to itself
            ended.forEach(grant ->
                    each.execute(() -> failures.attempt("grant.expire.failed", about(grant), () -> expire(grant))));
        }
    }

    private static Map<String, String> about(Grant grant) {
        return Map.of(
                "environment", grant.environment().value(),
                "request", grant.request().value(),
                "ended_at", grant.expiresAt().toString());
    }
}
