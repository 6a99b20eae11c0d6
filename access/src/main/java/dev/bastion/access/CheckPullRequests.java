package dev.bastion.access;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.policy.PullRequestEvaluation;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.port.ObservationFailed;
import dev.bastion.access.port.PolicyCheckPublisher;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.PullRequestsSnapshot;
import dev.bastion.access.snapshot.FailureCollector;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The status of every pull request: whether it obeys the policy. It covers what the service proposed and what people write by
 * hand. Several processes may do this at once; they say the same.
 */
public final class CheckPullRequests {
    private final ProposalRepository proposals;
    private final PolicyCheckPublisher publisher;
    private final InstantSource clock;
    /** Heads of merged proposals whose last status was said; nothing comes after it. */
    private final Set<CommitId> concluded = ConcurrentHashMap.newKeySet();

    public CheckPullRequests(ProposalRepository proposals, PolicyCheckPublisher publisher, InstantSource clock) {
        this.proposals = proposals;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Says what is to be said of each. The failures are {@link ObservationFailed}, {@link LedgerUnreachable} and {@link
     * LedgerRejected}; what is undone is done the next time.
     *
     * @return whether any status was posted
     */
    public boolean check(LedgerSnapshot ledger, PullRequestsSnapshot pullRequests, FailureCollector failures) {
        Map<Integer, ProposalSnapshot> byNumber = pullRequests.proposals().stream()
                .collect(Collectors.toMap(seen -> seen.proposal().number(), Function.identity(), (one, _) -> one));
        AtomicBoolean posted = new AtomicBoolean();
        for (ManualPullRequest pullRequest : pullRequests.open()) {
            failures.attempt("pull_request.check.failed", about(pullRequest.number()), () -> {
                if (check(pullRequest, byNumber, ledger)) {
                    posted.set(true);
                }
            });
        }
        for (ProposalSnapshot seen : pullRequests.proposals()) {
            if (seen.state() instanceof ProposalSnapshot.State.Merged) {
                failures.attempt(
                        "pull_request.check.failed", about(seen.proposal().number()), () -> conclude(seen, ledger));
            }
        }
        return posted.get();
    }

    private static Map<String, String> about(int number) {
        return Map.of("pull", Integer.toString(number));
    }

    private boolean check(
            ManualPullRequest pullRequest, Map<Integer, ProposalSnapshot> byNumber, LedgerSnapshot ledger) {
        ProposalSnapshot proposal = byNumber.get(pullRequest.number());
        if (proposal == null) {
            return publisher.publish(
                    pullRequest.head(), PullRequestEvaluation.of(pullRequest, ledger, clock.instant()));
        }
        return proposal.state() instanceof ProposalSnapshot.State.Waiting
                && proposal.head().equals(pullRequest.head())
                && check(proposal, ledger);
    }

    private boolean check(ProposalSnapshot proposal, LedgerSnapshot ledger) {
        PullRequestEvaluation evaluation = PullRequestEvaluation.of(proposal, ledger, clock.instant());
        if (evaluation.verdict() == Evaluation.Verdict.REFUSED && !isStillWaiting(proposal)) {
            // it was merged since it was listed, and its own grant is what would be in its way
            return false;
        }
        return publisher.publish(proposal.head(), evaluation);
    }

    private boolean isStillWaiting(ProposalSnapshot proposal) {
        return proposals
                .lookAt(proposal.proposal().number())
                .filter(now -> now.state() instanceof ProposalSnapshot.State.Waiting)
                .isPresent();
    }

    /** The last word on a proposal that was merged with the approvals it needs. Any other merge is left as it is. */
    private void conclude(ProposalSnapshot merged, LedgerSnapshot ledger) {
        if (concluded.contains(merged.head()) || !merged.intact()) {
            return;
        }
        Evaluation reviews = ledger.policy().evaluateReviews(merged.rulesAlone());
        if (reviews.verdict() == Evaluation.Verdict.ALLOWED) {
            ProposedChange change = merged.proposal().change();
            PullRequestEvaluation.Change effect =
                    new PullRequestEvaluation.Change(effectOf(change), change.environment(), reviews);
            publisher.publish(merged.head(), new PullRequestEvaluation(List.of(), List.of(effect)));
        }
        concluded.add(merged.head());
    }

    private static PullRequestEvaluation.Effect effectOf(ProposedChange change) {
        return switch (change) {
            case ProposedChange.Opening _ -> PullRequestEvaluation.Effect.OPENS;
            case ProposedChange.Extension _ -> PullRequestEvaluation.Effect.EXTENDS;
        };
    }
}
