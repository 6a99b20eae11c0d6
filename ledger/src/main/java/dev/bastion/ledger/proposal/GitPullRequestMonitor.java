package dev.bastion.ledger.proposal;

import dev.bastion.access.port.PullRequestMonitor;
import dev.bastion.access.proposal.PullRequestsSnapshot;
import dev.bastion.github.PullRequest;
import java.util.List;

/** The reader of the pull requests into the ledger: it splits one list into proposals and manual pull requests. */
public record GitPullRequestMonitor(
        PullRequestList list, PullRequestDetails details, GitProposalRepository proposals, ManualPullRequests manual)
        implements PullRequestMonitor {
    @Override
    public PullRequestsSnapshot look() {
        List<PullRequest> listed = list.refresh();
        details.forgetAllBut(listed.stream().map(PullRequest::number).toList());
        return new PullRequestsSnapshot(proposals.among(listed), manual.among(listed));
    }
}
