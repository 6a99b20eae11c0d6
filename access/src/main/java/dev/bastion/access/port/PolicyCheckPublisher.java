package dev.bastion.access.port;

import dev.bastion.access.policy.PolicyVerdict;
import dev.bastion.access.proposal.ManualPullRequest;
import java.util.List;

/** Where open pull requests are looked at and told whether they obey the policy. Safe for many threads. */
public interface PolicyCheckPublisher {
    /**
     * Every open pull request into the branch that counts, but for those the service makes to write into the ledger.
     *
     * @throws ObservationFailed when the forge does not answer: nothing is known then
     * @throws LedgerUnreachable when git does not answer
     */
    List<ManualPullRequest> open();

    /**
     * Says on the pull request's head whether it obeys the policy, unless that is said there already.
     *
     * @throws ObservationFailed when what is said there could not be read
     * @throws LedgerUnreachable when the forge does not answer; doing it again is safe
     * @throws LedgerRejected when it will not have it
     */
    void say(ManualPullRequest pullRequest, PolicyVerdict verdict);
}
