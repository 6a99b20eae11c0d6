package dev.bastion.access.port;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.review.PullRequestEvaluation;

/** Publisher of the check {@code bastion/policy} on the heads of pull requests. Safe for many threads. */
public interface PolicyCheckPublisher {
    /**
     * Sets the check on a pull request's head, unless it says the same already.
     *
     * @return whether it was set now
     * @throws ObservationFailed when the checks could not be read
     * @throws LedgerUnreachable when GitHub does not answer; repeating the call is safe
     * @throws LedgerRejected when GitHub rejects it
     */
    boolean publish(CommitId head, PullRequestEvaluation evaluation);

    /**
     * Whether this process has seen lately that the check says the same, so that {@link #publish} would do nothing. It makes no
     * call; a publisher that remembers nothing answers no.
     */
    default boolean isPublished(CommitId head, PullRequestEvaluation evaluation) {
        return false;
    }
}
