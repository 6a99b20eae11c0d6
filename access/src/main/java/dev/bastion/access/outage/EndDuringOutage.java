package dev.bastion.access.outage;

import dev.bastion.access.EndGrant;
import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.port.BastionTerminator;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.snapshot.BastionLook;
import dev.bastion.access.snapshot.Sightings;
import dev.bastion.access.telemetry.WorkContext;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The end of a grant by a person, also while the ledger cannot be changed: then the bastion is terminated at once, and the
 * commit follows as soon as the ledger can be changed. A process that is killed in between leaves the grant to its own
 * end. Safe for many threads.
 */
public final class EndDuringOutage {
    private final EndGrant end;
    private final GrantLedger ledger;
    private final BastionLook bastions;
    private final BastionTerminator terminator;
    private final ReconcileLog log;
    private final InstantSource clock;
    private final Map<RequestId, Wish> wishes = new ConcurrentHashMap<>();
    private final ReentrantLock retrying = new ReentrantLock();

    private record Wish(End.EndedBy end, Grant grant) {}

    public EndDuringOutage(
            EndGrant end,
            GrantLedger ledger,
            BastionLook bastions,
            BastionTerminator terminator,
            ReconcileLog log,
            InstantSource clock) {
        this.end = end;
        this.ledger = ledger;
        this.bastions = bastions;
        this.terminator = terminator;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Ends the grant. Repeating the call changes nothing.
     *
     * @param only the grant to end; another in its place stays open. Empty for any
     * @throws CallFailed when the ledger cannot be changed, and this person may not end what was open when it was read last
     */
    public EndResult end(End.EndedBy wished, EnvironmentName environment, Optional<RequestId> only) {
        try {
            return new EndResult.Answered(end.end(wished, environment, only));
        } catch (CallFailed e) {
            Grant grant = mayEnd(wished, environment, only).orElseThrow(() -> e);
            wishes.put(grant.request(), new Wish(wished, grant));
            return terminated(grant, e.fault());
        }
    }

    /** Tries to record every end that is pending; one that fails stops no other. */
    public void retry() {
        if (retrying.tryLock()) {
            try {
                wishes.values().forEach(wish -> WorkContext.of(wish.grant()).run(() -> retry(wish)));
            } finally {
                retrying.unlock();
            }
        }
    }

    private void retry(Wish wish) {
        Grant grant = wish.grant();
        try {
            end.end(wish.end(), grant.environment(), Optional.of(grant.request()));
            wishes.remove(grant.request(), wish);
        } catch (CallFailed e) {
            terminated(grant, e.fault());
        } catch (RuntimeException e) {
            log.failed("end.pending.failed", WorkContext.about(grant), e);
        }
    }

    /** The grant that this person may end, as far as this process knows. */
    private Optional<Grant> mayEnd(End.EndedBy wished, EnvironmentName environment, Optional<RequestId> only) {
        var known = ledger.lastSeen();
        return known.state(environment)
                .map(state -> known.policy().decideEnd(wished, state, clock.instant()))
                .flatMap(decision -> decision instanceof Decision.Proceed(LedgerChange.Close(Grant grant, var _, var _))
                        ? Optional.of(grant)
                        : Optional.empty())
                .filter(grant -> only.isEmpty() || grant.request().equals(only.get()));
    }

    private EndResult.Pending terminated(Grant grant, Fault why) {
        List<String> gone = new ArrayList<>();
        try {
            Sightings seen = bastions.at(grant.environment());
            for (BastionObservation bastion : seen.lastOf(grant.environment()).orElse(List.of())) {
                if (bastion.belongsTo(grant) && !bastion.isLeaving() && terminator.terminate(bastion)) {
                    gone.add(bastion.instance());
                }
            }
            return new EndResult.Pending(grant, why, gone, seen.faultOf(grant.environment()));
        } catch (CallFailed e) {
            log.failed("end.termination.failed", WorkContext.about(grant), e);
            return new EndResult.Pending(grant, why, gone, Optional.of(e.fault()));
        }
    }
}
