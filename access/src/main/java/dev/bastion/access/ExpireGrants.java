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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The clock ends grants. Timer and sweep both come here, and the ledger decides: twice is the same as once. */
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
     * whatever is open now is timed anew. A timer that came early is armed again.
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
     * The guarantee: reads the ledger, ends everything that is past its end, and times everything that is open, also what
     * somebody merged or extended by hand.
     *
     * @return the grants that were found past their end
     * @throws LedgerUnreachable when the ledger could not be read, or a reversion not be written
     * @throws LedgerRejected when the remote will not have it
     */
    public List<Grant> sweep() {
        LedgerSnapshot snapshot = ledger.read();
        Instant now = clock.instant();
        snapshot.openGrants().stream().filter(grant -> !grant.hasEnded(now)).forEach(timer::arm);
        List<Grant> ended = snapshot.grantsPastTheirEnd(now);
        expireAll(ended);
        return ended;
    }

    /** All at once, so that the ledger can write them as one batch; one that fails keeps none of the others open. */
    private void expireAll(List<Grant> ended) {
        List<Future<?>> reversions = new ArrayList<>();
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            ended.forEach(grant -> reversions.add(each.submit(() -> expire(grant))));
        }
        RuntimeException failure = null;
        for (Future<?> reversion : reversions) {
            if (reversion.state() == Future.State.FAILED && reversion.exceptionNow() instanceof RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
