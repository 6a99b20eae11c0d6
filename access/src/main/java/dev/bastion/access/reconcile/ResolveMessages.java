package dev.bastion.access.reconcile;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.Resolution;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.review.ApprovalAsk;
import dev.bastion.access.review.ProposalEvaluator;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.telemetry.WorkContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The resolution of messages that asked people to act: it follows from the ledger and GitHub alone, so that every process
 * resolves what an earlier one sent.
 */
public final class ResolveMessages {
    /** How long after its end the messages about a grant are looked for. */
    private static final Duration MEMORY = Duration.ofDays(1);
    /** The same for break-glass access, which waits longer for its approval. */
    private static final Duration BREAK_GLASS_MEMORY = Duration.ofDays(14);

    private static final String FAILED = "message.resolve.failed";

    private final GrantLedger ledger;
    private final Notifier notifier;
    private final InstantSource clock;

    public ResolveMessages(GrantLedger ledger, Notifier notifier, InstantSource clock) {
        this.ledger = ledger;
        this.notifier = notifier;
        this.clock = clock;
    }

    /**
     * Resolves what can be resolved. Repeating it changes nothing.
     *
     * @param proposals as GitHub had them last
     */
    public void resolve(LedgerSnapshot snapshot, List<ProposalSnapshot> proposals, FailureCollector failures) {
        for (var seen : proposals) {
            failures.attempt(FAILED, WorkContext.about(seen.proposal()), () -> decided(seen, snapshot.policy()));
        }
        for (var grant : snapshot.openGrants()) {
            failures.attempt(
                    FAILED, WorkContext.about(grant), () -> breakGlass(grant, Optional.empty(), snapshot.policy()));
        }
        var oldest = clock.instant().minus(BREAK_GLASS_MEMORY);
        snapshot.pastBreakGlass().stream()
                .filter(past -> past.endedAt().isAfter(oldest))
                .forEach(past -> failures.attempt(
                        FAILED,
                        WorkContext.about(past.grant()),
                        () -> breakGlass(past.grant(), Optional.of(past), snapshot.policy())));
        failures.attempt(
                FAILED,
                Map.of(),
                () -> ledger.endedSince(clock.instant().minus(MEMORY))
                        .forEach(past -> failures.attempt(
                                FAILED,
                                WorkContext.about(past.grant()),
                                () -> notifier.resolve(new Resolution.Ended(past)))));
    }

    private void decided(ProposalSnapshot seen, AccessPolicy policy) {
        ProposalEvaluator.ended(policy, seen)
                .map(stage -> new ProposalStatus(seen.proposal(), stage))
                .ifPresent(status -> notifier.resolve(
                        new Resolution.Decided(status, ApprovalAsk.everyone(seen.proposal(), policy))));
    }

    /** Open access that still awaits its approval holds what its messages offer. */
    private void breakGlass(Grant grant, Optional<PastGrant> past, AccessPolicy policy) {
        boolean awaitsApproval = policy.awaitsApproval(grant);
        if (grant.approvalBasis() instanceof ApprovalBasis.BreakGlass && (past.isPresent() || !awaitsApproval)) {
            List<Person> approvers = policy.approversOf(grant.environment(), List.of(grant.holder()));
            notifier.resolve(
                    new Resolution.BreakGlass(policy.withValidApproval(grant), past, awaitsApproval, approvers));
        }
    }
}
