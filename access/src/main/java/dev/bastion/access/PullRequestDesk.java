package dev.bastion.access;

import java.util.List;

/** Where open pull requests are looked at and told whether they obey the policy. Safe for many threads. */
public interface PullRequestDesk {
    /**
     * Every open pull request into the branch that counts, but for those the service makes to write into the ledger.
     *
     * @throws ObservationFailed when the forge does not answer: nothing is known then
     * @throws LedgerUnreachable when git does not answer
     */
    List<PullRequest> open();

    /**
     * Says on the pull request's head whether it obeys the policy, unless that is said there already.
     *
     * @throws ObservationFailed when what is said there could not be read
     * @throws LedgerUnreachable when the forge does not answer; doing it again is safe
     * @throws LedgerRefused when it will not have it
     */
    void say(PullRequest pullRequest, PolicyVerdict verdict);
}
