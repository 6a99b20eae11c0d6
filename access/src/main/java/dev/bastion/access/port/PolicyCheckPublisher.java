package dev.bastion.access.port;

import dev.bastion.access.policy.PullRequestEvaluation;
import dev.bastion.access.proposal.ManualPullRequest;
import java.util.List;

/** The open pull requests, and the check {@code bastion/policy} on each. Safe for many threads. */
public interface PolicyCheckPublisher {
    /**
     * Every open pull request into the branch that counts, but for those the service makes to write into the ledger.
     *
     * @throws ObservationFailed when the forge does not answer: nothing is known then
     * @throws LedgerUnreachable when git does not answer
     */
    List<ManualPullRequest> open();

    /**
     * Sets the check on the pull request's head, unless it says the same already.
     *
     * @throws ObservationFailed when the checks could not be read
     * @throws LedgerUnreachable when GitHub does not answer; repeating the call is safe
     * @throws LedgerRejected when GitHub rejects it
     */
    void publish(ManualPullRequest pullRequest, PullRequestEvaluation evaluation);
}
