package dev.bastion.ledger.proposal;

import dev.bastion.access.grant.CommitId;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.PullRequests;
import java.util.List;

/**
 * What marks a commit as made by the service: a commit status of its own account. Everybody who may push can push a commit
 * that looks like one of the service's; nobody else can say something as the service.
 */
record ProposalAttestation(PullRequests pulls) {
    static final String CONTEXT = "bastion/proposal";

    void put(CommitId head) {
        pulls.post(head, CommitStatus.State.SUCCESS, CONTEXT, "written by the service; approve this very commit");
    }

    boolean isOn(CommitId head) {
        return isAmong(pulls.statuses(head));
    }

    boolean isAmong(List<CommitStatus> said) {
        return said.stream()
                .anyMatch(status -> status.context().equals(CONTEXT)
                        && status.state() == CommitStatus.State.SUCCESS
                        && status.by().equalsIgnoreCase(pulls.mine()));
    }
}
