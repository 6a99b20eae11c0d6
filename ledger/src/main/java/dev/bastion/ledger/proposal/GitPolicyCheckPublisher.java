package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.policy.PullRequestEvaluation;
import dev.bastion.access.port.PolicyCheckPublisher;
import dev.bastion.github.PullRequests;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Publisher of evaluations as commit statuses, {@code bastion/policy}. What stands at the forge counts: what this process said
 * is only remembered to ask less often, and looked up again every half minute, one head after the other.
 */
public final class GitPolicyCheckPublisher implements PolicyCheckPublisher {
    private static final Duration LOOKED_UP_EVERY = Duration.ofSeconds(30);
    /** With many pull requests open, each has its turn. */
    private static final Duration BETWEEN_TWO = Duration.ofSeconds(5);
    /** Pull requests end; so many heads are remembered before all are looked up again. */
    private static final int MOST_REMEMBERED = 1000;

    private final PullRequests pulls;
    private final InstantSource clock;
    private final Map<CommitId, Said> said = new ConcurrentHashMap<>();
    private volatile Instant lookedUpLast = Instant.MIN;

    private record Said(PolicyStatus status, Instant lookedUpAt) {}

    public GitPolicyCheckPublisher(PullRequests pulls, InstantSource clock) {
        this.pulls = pulls;
        this.clock = clock;
    }

    @Override
    public boolean publish(CommitId head, PullRequestEvaluation evaluation) {
        PolicyStatus status = PolicyStatus.of(evaluation);
        Instant now = clock.instant();
        Said before = said.get(head);
        if (before != null && before.status().equals(status) && !isLookUpDue(before, now)) {
            return false;
        }
        lookedUpLast = now;
        boolean stands = stands(head, status);
        if (!stands) {
            pulls.post(head, status.state(), PullRequestPush.POLICY, status.description());
        }
        if (said.size() >= MOST_REMEMBERED) {
            said.clear();
        }
        said.put(head, new Said(status, now));
        return !stands;
    }

    private boolean isLookUpDue(Said before, Instant now) {
        return !now.isBefore(before.lookedUpAt().plus(LOOKED_UP_EVERY))
                && !now.isBefore(lookedUpLast.plus(BETWEEN_TWO));
    }

    private boolean stands(CommitId head, PolicyStatus status) {
        return pulls.statuses(head).stream()
                .filter(posted -> posted.context().equals(PullRequestPush.POLICY))
                .findFirst()
                .filter(posted -> posted.by().equalsIgnoreCase(pulls.mine()))
                .filter(posted -> new PolicyStatus(posted.state(), posted.description()).equals(status))
                .isPresent();
    }
}
