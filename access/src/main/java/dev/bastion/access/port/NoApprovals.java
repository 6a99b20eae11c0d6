package dev.bastion.access.port;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The empty repository of a service without GitHub. */
public final class NoApprovals implements ProposalRepository {
    @Override
    public boolean isAvailable() {
        return false;
    }

    @Override
    public Proposal propose(ProposedChange change, Optional<AnnouncementRef> shownIn, AccessPolicy policy) {
        throw unavailable();
    }

    @Override
    public List<ProposalSnapshot> look() {
        return List.of();
    }

    @Override
    public List<Proposal> lastSeenWaiting() {
        return List.of();
    }

    @Override
    public List<ProposalSnapshot> lastSeenClosed() {
        return List.of();
    }

    @Override
    public Optional<ProposalSnapshot> lookAt(int number) {
        return Optional.empty();
    }

    @Override
    public String words(Proposal proposal, String login, Instant since) {
        return "";
    }

    @Override
    public Merging merge(Proposal proposal, ApprovalBasis.Approved approvalBasis) {
        throw unavailable();
    }

    @Override
    public void close(ProposalStatus status) {
        throw unavailable();
    }

    @Override
    public Optional<MergedPullRequest> mergedPullRequestOf(CommitId commit) {
        return Optional.empty();
    }

    private static IllegalStateException unavailable() {
        return new IllegalStateException("github.repository is not set: no approval can be requested");
    }
}
