package dev.bastion.access;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.opening.Opening;
import dev.bastion.access.policy.CheckName;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.review.RequestDecision;
import dev.bastion.access.slot.EnvironmentSlots;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** A request for access: decided, announced, and recorded or proposed. */
public final class RequestAccess {
    /** As far back as the hourly limit looks. */
    private static final Duration LATELY = Duration.ofHours(1);

    private final GrantLedger ledger;
    private final SubmitForApproval approval;
    private final Notifier notifier;
    private final ExpiryTimer timer;
    private final InstantSource clock;
    /** One request of a person at a time, so that limits count the ones before it. */
    private final Map<String, ReentrantLock> turns = new ConcurrentHashMap<>();

    public RequestAccess(
            GrantLedger ledger, SubmitForApproval approval, Notifier notifier, ExpiryTimer timer, InstantSource clock) {
        this.ledger = ledger;
        this.approval = approval;
        this.notifier = notifier;
        this.timer = timer;
        this.clock = clock;
    }

    /** Returns when git, or GitHub, has acknowledged the change. */
    public Outcome request(AccessRequest request) {
        var turn = turns.computeIfAbsent(request.requester().id(), _ -> new ReentrantLock());
        turn.lock();
        try {
            return decideAndRecord(request);
        } finally {
            turn.unlock();
        }
    }

    private Outcome decideAndRecord(AccessRequest request) {
        Outcome outcome;
        try (var opening = new Opening(ledger, notifier, timer)) {
            outcome = new OptimisticUpdate(
                            ledger,
                            (decided, policy) ->
                                    approval.propose(decided, policy, proposal -> overLimit(request, proposal)),
                            opening::record)
                    .of(
                            request.environment(),
                            Optional.empty(),
                            (snapshot, _) -> counting(snapshot, decide(request, snapshot)));
        }
        // the same request, delivered again after it was granted
        return outcome instanceof Outcome.Refused(Refusal.AlreadyOpen(var grant))
                        && request.id().equals(grant.request())
                ? new Outcome.Done(grant, grant.openedBy())
                : outcome;
    }

    /** The refusal that the request would get now. */
    public Optional<Decision.Refuse> preview(AccessRequest request) {
        var snapshot = ledger.read();
        if (snapshot.state(request.environment()).isEmpty()) {
            return Optional.of(new Decision.Refuse(CheckName.ENVIRONMENT, snapshot.unknown(request.environment())));
        }
        return switch (decide(request, snapshot)) {
            case Decision.Refuse refused -> Optional.of(refused);
            case Decision.Propose decided ->
                approval.refusal(decided).map(why -> new Decision.Refuse(CheckName.APPROVALS, why));
            case Decision.Proceed _ -> Optional.empty();
        };
    }

    private Decision decide(AccessRequest request, LedgerSnapshot snapshot) {
        var now = clock.instant();
        var usage = approval.usage(snapshot).withPast(lately());
        var slots = EnvironmentSlots.of(snapshot, request.environment());
        var taking = slots.taking(request, usage.waiting());
        var decision = RequestDecision.of(
                snapshot.policy(),
                taking,
                snapshot.stateOrMissing(taking.environment()),
                usage.without(request.id()),
                now);
        return slots.explained(decision, request.requester());
    }

    /** Another process may open for the person meanwhile. */
    private static Decision counting(LedgerSnapshot snapshot, Decision decision) {
        return decision instanceof Decision.Proceed(LedgerChange.Open open)
                ? new Decision.Proceed(open.counting(snapshot.openGrants()))
                : decision;
    }

    /** The limit that a proposal exceeds beside older ones, also of other processes; empty while nothing answers. */
    private Optional<Refusal> overLimit(AccessRequest request, Proposal proposal) {
        try {
            var usage = approval.usageBefore(proposal, ledger.read()).withPast(lately());
            var state = new EnvironmentState.Closed(request.environment());
            return ledger.lastSeen().policy().decide(request, state, usage, clock.instant())
                                    instanceof Decision.Refuse(var check, var refusal)
                            && check == CheckName.LIMITS
                    ? Optional.of(refusal)
                    : Optional.empty();
        } catch (CallFailed _) {
            return Optional.empty();
        }
    }

    private List<Grant> lately() {
        return ledger.endedSince(clock.instant().minus(LATELY)).stream()
                .map(PastGrant::grant)
                .toList();
    }
}
