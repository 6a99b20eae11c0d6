package dev.bastion.access;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
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
 * The alarm for grants that the policy did not allow: a grant on an environment that needs approvals, and that came into the
 * ledger without them, whatever its commit says of itself. Commit messages are easily written; who approved is asked of the
 * forge.
 */
public final class DetectUnapprovedGrants {
    private final Notifier notifier;
    /** Commits whose approvals were found once; they cannot be lost again. */
    private final Set<CommitId> proven = ConcurrentHashMap.newKeySet();

    public DetectUnapprovedGrants(Notifier notifier) {
        this.notifier = notifier;
    }

    /** What the forge says of the pull request that brought a commit; empty while it has not been asked. */
    public interface Origins extends Function<CommitId, Optional<Reading<Optional<MergedPullRequest>>>> {}

    /**
     * Checks everything that is open.
     *
     * @return the commits that are not proven, whose pull requests the next check needs to know
     */
    public Set<CommitId> check(LedgerSnapshot ledger, Origins origins, FailureCollector failures) {
        Set<CommitId> unproven = new HashSet<>();
        Proof proof = new Proof(ledger.policy(), origins, unproven);
        for (Grant grant : ledger.openGrants()) {
            if (grant.madeByHand()
                    || ledger.policy().rulesOf(grant.environment()).approvals() > 0) {
                failures.attempt(
                        "grant.approval_check.failed",
                        Map.of("environment", grant.environment().value()),
                        () -> check(grant, ledger.endSetBy(grant), proof));
            }
        }
        return unproven;
    }

    private record Proof(AccessPolicy policy, Origins origins, Set<CommitId> unproven) {}

    private void check(Grant grant, CommitId endSetBy, Proof proof) {
        AccessPolicy policy = proof.policy();
        boolean isExtended = !endSetBy.equals(grant.openedBy());
        if (grant.approvalBasis() instanceof ApprovalBasis.BreakGlass) {
            notifier.usedBreakGlass(
                    policy.withValidApproval(grant), policy.approversOf(grant.environment(), List.of(grant.holder())));
        } else {
            prove(grant, grant.openedBy(), isExtended, proof);
        }
        if (isExtended && policy.needsApprovalOfItsEnd(grant)) {
            prove(grant, endSetBy, true, proof);
        }
    }

    private void prove(Grant grant, CommitId commit, boolean isExtended, Proof proof) {
        if (proven.contains(commit)) {
            return;
        }
        Optional<Evaluation> evaluation = proof.origins()
                .apply(commit)
                .map(origin -> proof.policy().evaluateOpened(grant, isExtended, evidenceOf(origin.value())));
        if (evaluation
                .filter(said -> said.verdict() == Evaluation.Verdict.ALLOWED)
                .isPresent()) {
            proven.add(commit);
        } else {
            proof.unproven().add(commit);
            evaluation.ifPresent(said -> notifier.openWithoutApproval(grant, commit, said));
        }
    }

    private static Evidence evidenceOf(Optional<MergedPullRequest> origin) {
        return origin.map(merged ->
                        new Evidence(merged.number(), merged.head(), merged.reviews(), List.of(), Instant.MAX))
                .orElse(Evidence.NONE);
    }
}
