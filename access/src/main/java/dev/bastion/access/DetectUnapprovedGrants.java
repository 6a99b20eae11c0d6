package dev.bastion.access;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.policy.Evidence;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ProposalRepository.MergedPullRequest;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.Reading;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The alarm for unapproved open grants. An entry with the service's signature says who approved a grant; any other message can
 * claim anything, so the reviews come from GitHub, and a grant that they approve gets its entry ({@link StartGrant}).
 */
public final class DetectUnapprovedGrants {
    private final StartGrant starts;
    private final Notifier notifier;
    /** The openings and ends whose approvals were found; merged approvals stay valid. */
    private final Set<Proven> proven = ConcurrentHashMap.newKeySet();

    /** One commit can open several environments, and each has approvers of its own. */
    private record Proven(EnvironmentName environment, CommitId commit) {}

    public DetectUnapprovedGrants(StartGrant starts, Notifier notifier) {
        this.starts = starts;
        this.notifier = notifier;
    }

    /** The merged pull requests of commits; empty while GitHub has not answered. */
    public interface Origins extends Function<CommitId, Optional<Reading<Optional<MergedPullRequest>>>> {}

    /** @return the unproven commits, whose pull requests the next check needs */
    public Set<CommitId> check(LedgerSnapshot ledger, Origins origins, FailureCollector failures) {
        var proof = new Proof(ledger.policy(), origins, new HashSet<>());
        for (var grant : ledger.openGrants()) {
            if (grant.madeByHand()
                    || ledger.policy().rulesOf(grant.environment()).approvals() > 0) {
                failures.attempt(
                        "grant.approval_check.failed",
                        Map.of("environment", grant.environment().value()),
                        () -> check(grant, ledger.endSetBy(grant), proof));
            }
        }
        return proof.unproven();
    }

    private record Proof(AccessPolicy policy, Origins origins, Set<CommitId> unproven) {}

    private void check(Grant grant, CommitId endSetBy, Proof proof) {
        var policy = proof.policy();
        boolean isExtended = !endSetBy.equals(grant.openedBy());
        if (grant.approvalBasis() instanceof ApprovalBasis.BreakGlass) {
            notifier.usedBreakGlass(
                    policy.withValidApproval(grant), policy.approversOf(grant.environment(), List.of(grant.holder())));
        } else if (!isSigned(grant)) {
            prove(grant, grant.openedBy(), isExtended, proof);
        }
        if (isExtended && policy.needsApprovalOfItsEnd(grant)) {
            prove(grant, endSetBy, true, proof);
        }
    }

    private static boolean isSigned(Grant grant) {
        return grant.approvalBasis() instanceof ApprovalBasis.Approved approved && approved.isSigned();
    }

    private void prove(Grant grant, CommitId commit, boolean isExtended, Proof proof) {
        var key = new Proven(grant.environment(), commit);
        if (proven.contains(key)) {
            return;
        }
        var origin = proof.origins().apply(commit);
        var evaluation = origin.map(found -> proof.policy().evaluateOpened(grant, isExtended, evidence(found.value())));
        if (evaluation
                .filter(one -> one.verdict() == Evaluation.Verdict.ALLOWED)
                .isPresent()) {
            origin.flatMap(Reading::value)
                    .filter(_ -> commit.equals(grant.openedBy()))
                    .ifPresent(merged -> confirm(grant, isExtended, merged, evaluation.get()));
            proven.add(key);
        } else {
            proof.unproven().add(commit);
            evaluation.ifPresent(one -> notifier.openWithoutApproval(grant, commit, one));
        }
    }

    private void confirm(Grant grant, boolean isExtended, MergedPullRequest merged, Evaluation evaluation) {
        if (!evaluation.approvals().isEmpty()) {
            starts.confirm(grant, isExtended, merged.head(), evaluation.approvals(), merged.mergedAt());
        }
    }

    private static Evidence evidence(Optional<MergedPullRequest> origin) {
        return origin.map(merged ->
                        new Evidence(merged.number(), merged.head(), merged.reviews(), List.of(), Instant.MAX))
                .orElse(Evidence.NONE);
    }
}
