package dev.bastion.access.reconcile;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.port.ProposalRepository.MergedPullRequest;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.snapshot.AnswersPart;
import dev.bastion.access.snapshot.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The merged pull requests of commits, as a part of the snapshot has them, whose reviewers were all looked up. */
record MergeOrigins(
        AnswersPart<CommitId, Optional<MergedPullRequest>> part, AccountReads accounts, PeopleDirectory people)
        implements DetectUnapprovedGrants.Origins {
    @Override
    public Optional<Reading<Optional<MergedPullRequest>>> apply(CommitId commit) {
        return part.answer(commit)
                .filter(merged -> accounts.areLookedUp(
                        merged.value().map(MergedPullRequest::reviews).orElse(List.of()), people));
    }

    @Override
    public Duration standsFor(CommitId commit) {
        return part.standsFor(commit);
    }

    @Override
    public Duration age(CommitId commit) {
        return part.age(commit);
    }

    @Override
    public void askAgainAfter(Duration pause) {
        part.askAgainAfter(pause);
    }
}
