package dev.bastion.ledger.audit;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.ledger.entry.ProposalCommitParser;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.git.object.CommitReader;
import java.util.List;
import java.util.Optional;

/** The proposals that were merged: what was asked for stands in the commit that a merge brought. */
final class MergedProposals {
    private final CommitReader commits;

    MergedProposals(CommitReader commits) {
        this.commits = commits;
    }

    /** The proposal that opened a grant; empty for one that no proposal opened. */
    Optional<ProposedChange.Opening> of(Grant grant) {
        return switch (grant.approvalBasis()) {
            case ApprovalBasis.ByPolicy _, ApprovalBasis.BreakGlass _ -> Optional.empty();
            case ApprovalBasis.Approved _, ApprovalBasis.Unconfirmed _ -> merged(grant);
        };
    }

    private Optional<ProposedChange.Opening> merged(Grant grant) {
        List<CommitId> parents = commits.parents(grant.openedBy());
        return parents.size() == 2
                ? ProposalCommitParser.read(commits.commit(parents.get(1)).message())
                        .map(ProposalEntry::change)
                        .filter(change -> change.id().equals(grant.request()))
                        .flatMap(change -> change instanceof ProposedChange.Opening opening
                                ? Optional.of(opening)
                                : Optional.empty())
                : Optional.empty();
    }
}
