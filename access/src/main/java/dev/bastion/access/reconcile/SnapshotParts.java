package dev.bastion.access.reconcile;

import dev.bastion.access.grant.ApplyStatus;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.port.ProposalRepository.MergedPullRequest;
import dev.bastion.access.proposal.PullRequestsSnapshot;
import dev.bastion.access.proposal.Review;
import dev.bastion.access.snapshot.AnswersPart;
import dev.bastion.access.snapshot.InstancesPart;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.snapshot.SnapshotPart;
import dev.bastion.access.state.AppliedCommit;
import dev.bastion.access.state.LayoutProblem;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The parts of a reconcile pass's snapshot; without GitHub those of pull requests and merges stay empty. */
public record SnapshotParts(
        SnapshotPart<LedgerSnapshot> ledger,
        SnapshotPart<PullRequestsSnapshot> pullRequests,
        InstancesPart instances,
        SnapshotPart<List<LayoutProblem>> layout,
        AnswersPart<AppliedCommit, ApplyStatus> ciReports,
        AnswersPart<CommitId, Optional<MergedPullRequest>> merges,
        AccountReads accounts) {
    /** When each part was read last. */
    List<Optional<Instant>> readAt() {
        var read = Stream.of(ledger, pullRequests, layout, ciReports.part(), merges.part())
                .map(part -> part.last().map(Reading::at));
        return Stream.of(read, instances.readAt(), accounts.readAt())
                .flatMap(Function.identity())
                .toList();
    }

    /** The reviews of the merged pull requests, as read last. */
    Stream<Review> mergeReviews() {
        return merges.part().last().map(Reading::value).orElse(Map.of()).values().stream()
                .flatMap(answer -> answer.reading().value().stream())
                .flatMap(merged -> merged.reviews().stream());
    }

    /** The faults of the last reads, for people. */
    Stream<String> faults() {
        var read = Stream.of(ledger.fault(), pullRequests.fault(), layout.fault(), ciReports.fault(), merges.fault())
                .flatMap(Optional::stream);
        return Stream.of(read, instances.faults(), accounts.faults()).flatMap(Function.identity());
    }
}
