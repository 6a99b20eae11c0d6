package dev.bastion.access;

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
    private final ProposalBoard board;
    private final PullRequestDesk desk;
    private final InstantSource clock;

    public CheckPullRequests(GrantLedger ledger, ProposalBoard board, PullRequestDesk desk, InstantSource clock) {
        this.ledger = ledger;
        this.board = board;
        this.desk = desk;
        this.clock = clock;
    }

    /**
     * One look at everything that is open. What fails for one keeps none of the others waiting.
     *
     * @throws LedgerUnreachable when git or the forge did not answer; what is undone is done the next time
     * @throws LedgerRefused when one of them will not have it
     * @throws ObservationFailed when the forge could not be read
     */
    public void check() {
        List<PullRequest> open = desk.open();
        if (open.isEmpty()) {
            return;
        }
        // after the pull requests: a proposal that is made in between is in this list and not yet in the other
        Map<Integer, ProposalSnapshot> proposals = board.look().stream()
                .collect(Collectors.toMap(seen -> seen.proposal().number(), Function.identity(), (one, _) -> one));
        LedgerSnapshot snapshot = ledger.read();
        Failures failures = new Failures();
        open.forEach(pullRequest -> failures.outlive(() -> check(pullRequest, proposals, snapshot)));
        failures.tellTheLast();
    }

    private void check(PullRequest pullRequest, Map<Integer, ProposalSnapshot> proposals, LedgerSnapshot snapshot) {
        ProposalSnapshot proposal = proposals.get(pullRequest.number());
        if (proposal == null) {
            desk.say(pullRequest, JudgePullRequest.of(pullRequest, snapshot, clock.instant()));
        } else if (proposal.state() instanceof ProposalSnapshot.State.Waiting
                && proposal.head().equals(pullRequest.head())) {
            desk.say(pullRequest, JudgePullRequest.of(proposal, snapshot, clock.instant()));
        }
    }
}
