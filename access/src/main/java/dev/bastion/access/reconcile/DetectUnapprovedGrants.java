package dev.bastion.access.reconcile;

import dev.bastion.access.StartGrant;
import dev.bastion.access.evidence.Evidence;
import dev.bastion.access.evidence.Usage;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.ProposalRepository.MergedPullRequest;
import dev.bastion.access.port.Resolution;
import dev.bastion.access.proposal.ProposalMerge;
import dev.bastion.access.review.ManualMergeEvaluation;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.AudienceAnswers;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.telemetry.WorkContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The alarm for open grants that the policy does not allow, and their end where it says {@code unapproved: end}. A
 * signed entry says who approved a grant. Any other message can claim anything: then GitHub's reviews count, and the
 * grant gets its entry ({@link StartGrant}).
 */
public final class DetectUnapprovedGrants {
    /** An answer counts against a grant once it is the same after this long. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    /** An answer that no other followed for this long counts for the alarm, and not for an end. */
    static final Duration SILENCE = Duration.ofSeconds(40);

    private final StartGrant starts;
    private final EndUnapprovedGrant ends;
    private final Notifier notifier;
    /** The openings and ends whose approvals were found; these stay valid. */
    private final Set<Proven> proven = ConcurrentHashMap.newKeySet();

    /** A commit can open several environments, each with approvers of its own. */
    private record Proven(EnvironmentName environment, CommitId commit) {}

    public DetectUnapprovedGrants(StartGrant starts, EndUnapprovedGrant ends, Notifier notifier) {
        this.starts = starts;
        this.ends = ends;
        this.notifier = notifier;
    }

    /** The merged pull requests of commits; empty while GitHub has not answered. */
    public interface Origins extends Function<CommitId, Optional<Reading<Optional<MergedPullRequest>>>> {
        /** How long GitHub has given the same answer, from its first to its last time. */
        default Duration standsFor(CommitId commit) {
            return Duration.ZERO;
        }

        /** How long ago GitHub gave the present answer first; for good where that is not known. */
        default Duration age(CommitId commit) {
            return SILENCE;
        }

        /** Asks GitHub again, once its last answer is this old. */
        default void askAgainAfter(Duration pause) {}
    }

    /** Returns the unproven commits, whose pull requests the next check needs. */
    public Set<CommitId> check(LedgerSnapshot ledger, Origins origins, FailureCollector failures) {
        var proof = new Proof(ledger, ledger.usage(), origins, new HashSet<>());
        for (var grant : ledger.openGrants()) {
            failures.attempt(
                    "grant.approval_check.failed", WorkContext.about(grant), () -> checkIfNeeded(grant, proof));
        }
        return proof.unproven();
    }

    private record Proof(LedgerSnapshot ledger, Usage usage, Origins origins, Set<CommitId> unproven) {
        AccessPolicy policy() {
            return ledger.policy();
        }

        boolean isExtended(Grant grant) {
            return !ledger.latestEnd(grant).setBy().equals(grant.openedBy());
        }
    }

    private void checkIfNeeded(Grant grant, Proof proof) {
        if (proof.ledger().latestEnd(grant).byHand()
                || grant.madeByHand()
                || isUnconfirmedProposal(grant)
                || proof.policy().rulesOf(grant.environment()).approvals() > 0) {
            check(grant, proof);
        }
    }

    /** Whether a merge of the service's request opened it, and no entry has started its clock: it lasts too long until then. */
    private static boolean isUnconfirmedProposal(Grant grant) {
        return grant.approvalBasis() instanceof ApprovalBasis.Unconfirmed(var requested) && requested.isPresent();
    }

    private void check(Grant grant, Proof proof) {
        var policy = proof.policy();
        var end = proof.ledger().latestEnd(grant);
        boolean isExtended = proof.isExtended(grant);
        if (grant.approvalBasis() instanceof ApprovalBasis.BreakGlass) {
            notifier.usedBreakGlass(
                    policy.withValidApproval(grant), policy.approversOf(grant.environment(), List.of(grant.holder())));
        } else if (grant.approvalBasis().isSignedApproval()) {
            isAllowed(grant, grant.openedBy());
        } else {
            prove(grant, grant.openedBy(), proof, (by, evidence) -> by.evaluateOpened(grant, isExtended, evidence));
        }
        if (isExtended && end.isApproved()) {
            isAllowed(grant, end.setBy());
        } else if (isExtended && end.byHand()) {
            prove(grant, end.setBy(), proof, (by, evidence) -> by.evaluateExtendedByHand(grant, evidence));
        } else if (isExtended && policy.needsApprovalOfItsEnd(grant)) {
            prove(grant, end.setBy(), proof, (by, evidence) -> by.evaluateOpened(grant, true, evidence));
        }
    }

    /** The judgement of a grant or its end by a policy, with the evidence of the pull request that brought it. */
    private interface Judgement extends BiFunction<AccessPolicy, Evidence, Evaluation> {
        /** The same with the checks of the request, where a person merged it. */
        default Judgement withRequest(Optional<ProposalMerge> merge) {
            return (policy, evidence) -> merge.map(
                            by -> ManualMergeEvaluation.of(policy, apply(policy, evidence), by, evidence))
                    .orElseGet(() -> apply(policy, evidence));
        }
    }

    private void prove(Grant grant, CommitId commit, Proof proof, Judgement judgement) {
        var key = new Proven(grant.environment(), commit);
        if (proven.contains(key)) {
            return;
        }
        var answer = proof.origins().apply(commit);
        var evidence = answer.map(merged -> evidence(grant, merged.value(), proof));
        var whole = judgement.withRequest(answer.flatMap(Reading::value).flatMap(MergedPullRequest::proposal));
        var evaluation = evidence.map(known -> whole.apply(proof.policy(), known));
        if (evaluation
                .filter(one -> one.verdict() == Evaluation.Verdict.ALLOWED)
                .isPresent()) {
            var merged = answer.flatMap(Reading::value);
            if (merged.isEmpty() && isUnconfirmedProposal(grant)) {
                proof.unproven().add(commit); // GitHub shows a merge later than git does
                return;
            }
            merged.ifPresent(one -> confirm(grant, commit, proof, one, evaluation.get()));
            isAllowed(grant, commit);
        } else {
            proof.unproven().add(commit);
            evaluation.ifPresent(one ->
                    isUnapproved(grant, commit, one, canTell(whole, evidence.orElseThrow(), proof.policy()), proof));
        }
    }

    /**
     * Whether the same follows whatever external audiences answered at the time: they answer for the present alone, and who was
     * on call then may not be now.
     */
    private static boolean canTell(Judgement judgement, Evidence evidence, AccessPolicy policy) {
        var widest = policy.answered(AudienceAnswers.everyone(policy.environments(), policy.people()));
        return judgement.apply(widest, evidence).verdict() != Evaluation.Verdict.ALLOWED;
    }

    /** Tells people once; another process may have raised the alarm. */
    private void isAllowed(Grant grant, CommitId commit) {
        if (!proven.contains(new Proven(grant.environment(), commit))) {
            notifier.resolve(new Resolution.Allowed(grant, commit));
            proven.add(new Proven(grant.environment(), commit));
        }
    }

    private void confirm(Grant grant, CommitId commit, Proof proof, MergedPullRequest merged, Evaluation evaluation) {
        boolean isOpening = commit.equals(grant.openedBy());
        if (evaluation.approvals().isEmpty() && !(isOpening && isUnconfirmedProposal(grant))) {
            return;
        }
        if (isOpening) {
            starts.confirm(
                    grant,
                    proof.isExtended(grant),
                    merged.head(),
                    evaluation.approvals(),
                    merged.mergedAt(),
                    proof.policy());
        } else {
            var end = proof.ledger().latestEnd(grant);
            // a commit's author can be anyone; who opened the pull request, GitHub says
            end.by()
                    .or(() -> merged.author().flatMap(proof.policy().people()::ofLogin))
                    .ifPresent(by -> starts.confirmEnd(
                            grant, end, by, merged.head(), evaluation.approvals(), merged.mergedAt()));
        }
    }

    /**
     * GitHub's API can show a merge and its reviews later than git has the commit, so a lack of approvals counts at the
     * second look, or when GitHub falls silent before it. What the policy refuses needs no reviews, unless it depends on an
     * external audience.
     *
     * @param canTell whether what external audiences answered at the time makes no difference
     */
    private void isUnapproved(Grant grant, CommitId commit, Evaluation evaluation, boolean canTell, Proof proof) {
        var origins = proof.origins();
        boolean isSettled = origins.standsFor(commit).compareTo(LOOK_AGAIN) >= 0
                || origins.age(commit).compareTo(SILENCE) >= 0;
        if ((evaluation.verdict() != Evaluation.Verdict.REFUSED || !canTell) && !isSettled) {
            origins.askAgainAfter(LOOK_AGAIN);
            return;
        }
        notifier.openWithoutApproval(grant, commit, evaluation);
        var rules = proof.policy().rulesOf(grant.environment()).proposals();
        if (rules.unapproved() == ApprovalRules.Unapproved.END && canTell) {
            ends.end(grant, commit, evaluation, origins);
        }
    }

    private static Evidence evidence(Grant grant, Optional<MergedPullRequest> origin, Proof proof) {
        boolean inSlack =
                proof.policy().rulesOf(grant.environment()).proposals().inSlack();
        return origin.map(merged -> new Evidence(
                        merged.number(),
                        merged.author(),
                        merged.head(),
                        merged.reviews(),
                        merged.pushers(),
                        excluded(merged, proof.policy()),
                        merged.proposal()
                                .map(merge -> merge.proposal().change().lapsesAt())
                                .orElse(Instant.MAX),
                        proof.usage(),
                        inSlack ? merged.inSlack() : List.of()))
                .orElse(Evidence.of(proof.usage()));
    }

    /** Who asked for it and who gets it; of a pull request that the service did not make, its author from any account. */
    private static List<Person> excluded(MergedPullRequest merged, AccessPolicy policy) {
        return merged.proposal()
                .map(merge -> merge.proposal().change().beneficiaries())
                .orElseGet(() -> merged.author().flatMap(policy.people()::ofLogin).stream()
                        .toList());
    }
}
