package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.proposal.GithubLogin;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.PullRequests;
import java.util.List;

/**
 * The mark of a commit that the service made: a commit status posted by its own account. Every account with push access
 * can push a commit that looks like the service's, but only the service can post as its account.
 */
record ProposalAttestation(PullRequests pulls) {
    static final String CONTEXT = "bastion/proposal";

    void put(CommitId head) {
        pulls.post(
                head,
                CommitStatus.State.SUCCESS,
                CONTEXT,
                "written by the service; an approval counts for this commit only");
    }

    boolean isOn(CommitId head) {
        return isAmong(pulls.statuses(head));
    }

    boolean isAmong(List<CommitStatus> statuses) {
        return statuses.stream()
                .anyMatch(status -> status.context().equals(CONTEXT)
                        && status.state() == CommitStatus.State.SUCCESS
                        && GithubLogin.areSame(status.by(), pulls.mine()));
    }
}
