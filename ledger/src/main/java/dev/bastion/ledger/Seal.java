package dev.bastion.ledger;

import dev.bastion.access.CommitId;
import dev.bastion.ledger.github.PostedStatus;
import dev.bastion.ledger.github.PullRequests;
import java.util.List;

/**
 * What marks a commit as made by the service: a commit status of its own account. Everybody who may push can push a commit
 * that looks like one of the service's; nobody else can say something as the service.
 */
record Seal(PullRequests pulls) {
    static final String CONTEXT = "bastion/proposal";

    void put(CommitId head) {
        pulls.post(head, PostedStatus.State.SUCCESS, CONTEXT, "written by the service; approve this very commit");
    }

    boolean isOn(CommitId head) {
        return isAmong(pulls.statuses(head));
    }

    boolean isAmong(List<PostedStatus> said) {
        return said.stream()
                .anyMatch(status -> status.context().equals(CONTEXT)
                        && status.state() == PostedStatus.State.SUCCESS
                        && status.by().equalsIgnoreCase(pulls.mine()));
    }
}
