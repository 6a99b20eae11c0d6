package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.port.PolicyCheckPublisher;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.access.review.PullRequestEvaluation;
import dev.bastion.github.PullRequests;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Publisher of evaluations as commit statuses, {@code bastion/policy}. The status at the forge is the truth: this process
 * remembers its own posts only to make fewer calls, and reads each head's status again every 30 seconds, one head at a time.
 */
public final class GitPolicyCheckPublisher implements PolicyCheckPublisher {
    private static final Duration READ_EVERY = Duration.ofSeconds(30);
    /** The least time between two reads, which spreads the calls when many pull requests are open. */
    private static final Duration READ_SPACING = Duration.ofSeconds(5);
    /** The number of remembered heads at which all are forgotten, so that heads of ended pull requests do not pile up. */
    private static final int MAX_REMEMBERED = 1000;

    private final PullRequests pulls;
    private final InstantSource clock;
    private final Map<CommitId, Posted> lastPosted = new ConcurrentHashMap<>();
    private volatile Instant lastReadAt = Instant.MIN;

    private record Posted(PolicyStatus status, Instant readAt) {}

    public GitPolicyCheckPublisher(PullRequests pulls, InstantSource clock) {
        this.pulls = pulls;
        this.clock = clock;
    }

    @Override
    public boolean publish(CommitId head, PullRequestEvaluation evaluation) {
        PolicyStatus status = PolicyStatus.of(evaluation);
        Instant now = clock.instant();
        if (isPublished(head, status, now)) {
            return false;
        }
        lastReadAt = now;
        boolean isPosted = isPosted(head, status);
        if (!isPosted) {
            pulls.post(head, status.state(), PullRequestPush.POLICY, status.description());
        }
        if (lastPosted.size() >= MAX_REMEMBERED) {
            lastPosted.clear();
        }
        lastPosted.put(head, new Posted(status, now));
        return !isPosted;
    }

    @Override
    public boolean isPublished(CommitId head, PullRequestEvaluation evaluation) {
        return isPublished(head, PolicyStatus.of(evaluation), clock.instant());
    }

    private boolean isPublished(CommitId head, PolicyStatus status, Instant now) {
        Posted before = lastPosted.get(head);
        return before != null && before.status().equals(status) && !isReadDue(before, now);
    }

    private boolean isReadDue(Posted before, Instant now) {
        return !now.isBefore(before.readAt().plus(READ_EVERY)) && !now.isBefore(lastReadAt.plus(READ_SPACING));
    }

    private boolean isPosted(CommitId head, PolicyStatus status) {
        return pulls.statuses(head).stream()
                .filter(posted -> posted.context().equals(PullRequestPush.POLICY))
                .findFirst()
                .filter(posted -> GithubLogin.areSame(posted.by(), pulls.mine()))
                .filter(posted -> new PolicyStatus(posted.state(), posted.description()).equals(status))
                .isPresent();
    }
}
