package dev.bastion.access;

import dev.bastion.access.policy.LedgerSnapshot;
import dev.bastion.access.policy.PullRequestEvaluation;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.LedgerRejected;
import dev.bastion.access.port.LedgerUnreachable;
import dev.bastion.access.port.ObservationFailed;
import dev.bastion.access.port.PolicyCheckPublisher;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.ManualPullRequest;
import dev.bastion.access.proposal.ProposalSnapshot;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says on every open pull request whether it obeys the policy, whoever made it: what the service proposed, and what people
 * write by hand when the chat is down. Several processes may do this at once; they say the same.
 */
public final class CheckPullRequests {
    private final GrantLedger ledger;
    private final ProposalRepository proposals;
    private final PolicyCheckPublisher publisher;
    private final InstantSource clock;

    public CheckPullRequests(
            GrantLedger ledger, ProposalRepository proposals, PolicyCheckPublisher publisher, InstantSource clock) {
        this.ledger = ledger;
        this.proposals = proposals;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * One look at everything that is open. What fails for one keeps none of the others waiting.
     *
     * @throws LedgerUnreachable when git or the forge did not answer; what is undone is done the next time
     * @throws LedgerRejected when one of them will not have it
     * @throws ObservationFailed when the forge could not be read
     */
    public void check() {
        List<ManualPullRequest> open = publisher.open();
        if (open.isEmpty()) {
            return;
        }
        // after the pull requests: a proposal that is made in between is in this list and not yet in the other
        Map<Integer, ProposalSnapshot> byNumber = proposals.look().stream()
                .collect(Collectors.toMap(seen -> seen.proposal().number(), Function.identity(), (one, _) -> one));
        LedgerSnapshot snapshot = ledger.read();
        FailureCollector failures = new FailureCollector();
        open.forEach(pullRequest -> failures.attempt(() -> check(pullRequest, byNumber, snapshot)));
        failures.throwIfAny();
    }

    private void check(
            ManualPullRequest pullRequest, Map<Integer, ProposalSnapshot> proposals, LedgerSnapshot snapshot) {
        ProposalSnapshot proposal = proposals.get(pullRequest.number());
        if (proposal == null) {
            publisher.publish(pullRequest, PullRequestEvaluation.of(pullRequest, snapshot, clock.instant()));
        } else if (proposal.state() instanceof ProposalSnapshot.State.Waiting
                && proposal.head().equals(pullRequest.head())) {
            publisher.publish(pullRequest, PullRequestEvaluation.of(proposal, snapshot, clock.instant()));
        }
    }
}
