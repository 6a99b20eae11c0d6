package dev.bastion.access;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.policy.Evidence;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ObservationFailed;
import dev.bastion.access.port.ProposalRepository;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds what is open against what the policy asks for: a grant on an environment that wants approvals, and that came into
 * the ledger without them, is an alarm, whatever its commit says of itself. Commit messages are easily written; who
 * approved is asked of the forge.
 */
public final class DetectUnapprovedGrants {
    private final GrantLedger ledger;
    private final ProposalRepository proposals;
    private final Notifier notifier;
    /** Commits whose approvals were found once; they cannot be lost again. */
    private final Set<CommitId> proven = ConcurrentHashMap.newKeySet();

    public DetectUnapprovedGrants(GrantLedger ledger, ProposalRepository proposals, Notifier notifier) {
        this.ledger = ledger;
        this.proposals = proposals;
        this.notifier = notifier;
    }

    /**
     * One look at everything that is open.
     *
     * @throws LedgerUnreachable when the ledger could not be read
     * @throws ObservationFailed when the forge could not be asked
     */
    public void check() {
        LedgerSnapshot snapshot = ledger.read();
        FailureCollector failures = new FailureCollector();
        for (Grant grant : snapshot.openGrants()) {
            if (grant.madeByHand()
                    || snapshot.policy().rulesOf(grant.environment()).approvals() > 0) {
                failures.attempt(() -> check(grant, snapshot.endSetBy(grant), snapshot.policy()));
            }
        }
        failures.throwIfAny();
    }

    private void check(Grant grant, CommitId endSetBy, AccessPolicy policy) {
        boolean isExtended = !endSetBy.equals(grant.openedBy());
        if (grant.approvalBasis() instanceof ApprovalBasis.BreakGlass) {
            notifier.usedBreakGlass(
                    policy.withValidApproval(grant), policy.approversOf(grant.environment(), List.of(grant.holder())));
        } else {
            prove(grant, grant.openedBy(), isExtended, policy);
        }
        if (isExtended && policy.needsApprovalOfItsEnd(grant)) {
            prove(grant, endSetBy, true, policy);
        }
    }

    private void prove(Grant grant, CommitId commit, boolean isExtended, AccessPolicy policy) {
        if (proven.contains(commit)) {
            return;
        }
        Evaluation evaluation = policy.evaluateOpened(grant, isExtended, evidenceOf(commit));
        if (evaluation.verdict() == Evaluation.Verdict.ALLOWED) {
            proven.add(commit);
        } else {
            notifier.openWithoutApproval(grant, commit, evaluation);
        }
    }

    private Evidence evidenceOf(CommitId commit) {
        return proposals
                .mergedPullRequestOf(commit)
                .map(merged -> new Evidence(merged.number(), merged.head(), merged.reviews(), List.of(), Instant.MAX))
                .orElse(Evidence.NONE);
    }
}
