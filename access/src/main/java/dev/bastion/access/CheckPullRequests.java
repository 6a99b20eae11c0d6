package dev.bastion.access;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.port.PolicyCheckPublisher;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.PullRequestsSnapshot;
import dev.bastion.access.review.ProposalEvaluator;
import dev.bastion.access.review.PullRequestEvaluation;
import dev.bastion.access.snapshot.FailureCollector;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.telemetry.WorkContext;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The policy check of every pull request. Several processes publish the same. */
public final class CheckPullRequests {
    private final ProposalRepository proposals;
    private final PolicyCheckPublisher publisher;
    private final InstantSource clock;
    /** Heads of merged proposals whose check is final. */
    private final Set<CommitId> concluded = ConcurrentHashMap.newKeySet();

    public CheckPullRequests(ProposalRepository proposals, PolicyCheckPublisher publisher, InstantSource clock) {
        this.proposals = proposals;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Publishes the changed checks; returns whether there were any. The next call retries failures. */
    public boolean check(LedgerSnapshot ledger, PullRequestsSnapshot pullRequests, FailureCollector failures) {
        var byNumber = pullRequests.proposals().stream()
                .collect(Collectors.toMap(seen -> seen.proposal().number(), Function.identity(), (one, _) -> one));
        boolean isAnyPublished = false;
        for (var pullRequest : pullRequests.open()) {
            var proposal = Optional.ofNullable(byNumber.get(pullRequest.number()));
            isAnyPublished |= failures.returnsTrue(
                    "pull_request.check.failed",
                    proposal.map(seen -> WorkContext.about(seen.proposal()))
                            .orElseGet(() -> about(pullRequest.number())),
                    () -> check(pullRequest, proposal, ledger));
        }
        for (var seen : pullRequests.proposals()) {
            if (seen.state() instanceof ProposalSnapshot.State.Merged) {
                failures.attempt(
                        "pull_request.check.failed", WorkContext.about(seen.proposal()), () -> conclude(seen, ledger));
            }
        }
        return isAnyPublished;
    }

    private static Map<String, String> about(int number) {
        return Map.of("pull", Integer.toString(number));
    }

    private boolean check(ManualPullRequest pullRequest, Optional<ProposalSnapshot> proposal, LedgerSnapshot ledger) {
        var head = pullRequest.head();
        var now = clock.instant();
        if (proposal.isEmpty()) {
            return publisher.publish(head, PullRequestEvaluation.of(pullRequest, ledger, now));
        }
        var seen = proposal.get();
        if (!seen.isWaiting() || !seen.head().equals(head)) {
            return false;
        }
        var evaluation = PullRequestEvaluation.of(seen, ledger, now);
        // a proposal merged since its listing is refused for its own grant
        boolean isMerged = evaluation.verdict() == Evaluation.Verdict.REFUSED
                && !publisher.isPublished(head, evaluation)
                && proposals
                        .lookAt(pullRequest.number())
                        .filter(ProposalSnapshot::isWaiting)
                        .isEmpty();
        return !isMerged && publisher.publish(head, evaluation);
    }

    /** The final check of a proposal merged with its approvals; any other merge keeps its last check. */
    private void conclude(ProposalSnapshot merged, LedgerSnapshot ledger) {
        if (concluded.contains(merged.head()) || !merged.intact()) {
            return;
        }
        var reviews = ProposalEvaluator.ofReviews(ledger.policy(), merged.rulesAlone());
        if (reviews.verdict() == Evaluation.Verdict.ALLOWED) {
            publisher.publish(
                    merged.head(), PullRequestEvaluation.of(merged.proposal().change(), reviews));
        }
        concluded.add(merged.head());
    }
}
