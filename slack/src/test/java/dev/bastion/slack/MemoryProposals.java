package dev.bastion.slack;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalMerge;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.RecordedDecisions;
import dev.bastion.access.proposal.Review;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Proposals in memory by the contract of {@link ProposalRepository}, for many threads; they outlive restarts of the
 * service.
 */
public final class MemoryProposals implements ProposalRepository {
    private final MemoryLedger ledger;
    private final InstantSource clock;
    private final TreeMap<Integer, ProposalSnapshot> proposals = new TreeMap<>();
    private final Map<CommitId, MergedPullRequest> mergedPullRequests = new HashMap<>();
    private boolean down;

    private final List<Observation> decisions = new ArrayList<>();

    public MemoryProposals(MemoryLedger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    public synchronized void down(boolean isDown) {
        down = isDown;
    }

    @Override
    public synchronized Proposal propose(
            ProposedChange change, Optional<AnnouncementRef> shownIn, AccessPolicy policy) {
        requireReachable();
        Optional<Proposal> before = proposals.values().stream()
                .map(ProposalSnapshot::proposal)
                .filter(proposal -> proposal.id().equals(change.id()))
                .findFirst();
        return before.orElseGet(() -> {
            int number = 42 + proposals.size();
            Proposal proposal = new Proposal(change, number, page(number), head(number), shownIn);
            put(proposal, new ProposalSnapshot.State.Waiting(), List.of());
            return proposal;
        });
    }

    public static URI page(int number) {
        return URI.create("https://github.com/acme/infra/pull/" + number);
    }

    private static CommitId head(int number) {
        return new CommitId("%040x".formatted(0xabc000 + number));
    }

    /** Adds a review to the last proposal. */
    public synchronized void review(String login, Review.Opinion opinion) {
        ProposalSnapshot seen = last();
        List<Review> reviews = new ArrayList<>(seen.reviews());
        reviews.add(new Review(987 + reviews.size(), login, opinion, seen.head(), clock.instant()));
        put(seen.proposal(), seen.state(), reviews);
    }

    /** A person closes the last proposal on the forge. */
    public synchronized void closedBy(String login) {
        ProposalSnapshot seen = last();
        put(
                seen.proposal(),
                new ProposalSnapshot.State.Closed(Optional.of(login), Optional.empty(), clock.instant()),
                seen.reviews());
    }

    /** The youngest. */
    public synchronized ProposalSnapshot last() {
        return proposals.lastEntry().getValue();
    }

    /** As the ledger records it. */
    public synchronized void decided(Observation decision) {
        requireReachable();
        if (decisions.stream()
                .noneMatch(known -> known.subject().equals(decision.subject())
                        && known.identity().equals(decision.identity()))) {
            decisions.add(decision);
        }
    }

    private ProposalSnapshot withDecisions(ProposalSnapshot seen) {
        return seen.with(RecordedDecisions.of(decisions.stream()
                .filter(one -> one.subject().request().equals(seen.proposal().id()))
                .toList()));
    }

    private void put(Proposal proposal, ProposalSnapshot.State state, List<Review> reviews) {
        proposals.put(
                proposal.number(),
                new ProposalSnapshot(
                        proposal,
                        state,
                        proposal.head(),
                        true,
                        reviews,
                        new PlanStatus.Missing(),
                        new ProposalSnapshot.Mergeability.Clean()));
    }

    @Override
    public synchronized List<ProposalSnapshot> look() {
        requireSeen();
        return proposals.values().stream().map(this::withDecisions).toList();
    }

    @Override
    public synchronized List<Proposal> lastSeenWaiting() {
        return proposals.values().stream()
                .filter(MemoryProposals::waits)
                .map(ProposalSnapshot::proposal)
                .toList();
    }

    @Override
    public synchronized List<ProposalSnapshot> lastSeenClosed() {
        return proposals.values().stream()
                .filter(seen -> seen.state() instanceof ProposalSnapshot.State.Closed)
                .toList();
    }

    @Override
    public synchronized Optional<ProposalSnapshot> lookAt(int number) {
        requireSeen();
        return Optional.ofNullable(proposals.get(number)).map(this::withDecisions);
    }

    @Override
    public String words(Proposal proposal, String login, Instant since) {
        return "";
    }

    @Override
    public synchronized Merging merge(Proposal proposal, ApprovalBasis.Approved approvalBasis) {
        requireReachable();
        ProposalSnapshot seen = proposals.get(proposal.number());
        if (seen == null || !waits(seen)) {
            return new Merging.Moved();
        }
        CommitId commit = new CommitId("%040x".formatted(0xdef000 + proposal.number()));
        ledger.put(merged(proposal, approvalBasis, commit));
        mergedPullRequests.put(
                commit,
                new MergedPullRequest(
                        proposal.number(),
                        Optional.empty(),
                        seen.head(),
                        clock.instant(),
                        seen.reviews(),
                        Pushers.SERVICE,
                        withDecisions(seen).recorded().approvals(),
                        Optional.of(new ProposalMerge(proposal, true, false))));
        put(
                proposal,
                new ProposalSnapshot.State.Merged(commit, Optional.of("bastion[bot]"), clock.instant()),
                seen.reviews());
        return new Merging.Merged(commit);
    }

    private static Grant merged(Proposal proposal, ApprovalBasis.Approved approvalBasis, CommitId commit) {
        return switch (proposal.change()) {
            case ProposedChange.Opening opening ->
                new Grant(
                        opening.environment(),
                        opening.id(),
                        opening.requester(),
                        opening.reason(),
                        opening.startsAt(),
                        opening.latestEnd(),
                        commit,
                        proposal.shownIn(),
                        approvalBasis,
                        false);
            case ProposedChange.Extension extension -> extension.from().until(extension.newEnd());
        };
    }

    @Override
    public synchronized void close(ProposalStatus status) {
        requireReachable();
        ProposalSnapshot seen = proposals.get(status.proposal().number());
        if (seen != null && waits(seen)) {
            put(
                    seen.proposal(),
                    new ProposalSnapshot.State.Closed(
                            Optional.of("bastion[bot]"), endingOf(status.stage()), clock.instant()),
                    seen.reviews());
        }
    }

    private static Optional<ProposalSnapshot.Ending> endingOf(ProposalStage stage) {
        return switch (stage) {
            case ProposalStage.Lapsed _ -> Optional.of(ProposalSnapshot.Ending.LAPSED);
            case ProposalStage.Withdrawn _ -> Optional.of(ProposalSnapshot.Ending.WITHDRAWN);
            case ProposalStage.Refused _ -> Optional.of(ProposalSnapshot.Ending.REFUSED);
            case ProposalStage.Denied _ -> Optional.empty();
            case ProposalStage.Waiting _, ProposalStage.Approved _, ProposalStage.NoLongerPossible _ ->
                throw new IllegalArgumentException("the service does not close what is " + stage);
        };
    }

    @Override
    public synchronized Optional<MergedPullRequest> mergedPullRequestOf(CommitId commit) {
        requireSeen();
        return Optional.ofNullable(mergedPullRequests.get(commit));
    }

    private static boolean waits(ProposalSnapshot seen) {
        return seen.state() instanceof ProposalSnapshot.State.Waiting;
    }

    private void requireReachable() {
        if (down) {
            throw new LedgerUnreachable(
                    new Fault.Later(ExternalSystem.GITHUB, "opening a pull request", "connection refused"),
                    new IllegalStateException("connection refused"));
        }
    }

    private void requireSeen() {
        if (down) {
            throw new ObservationFailed(
                    ExternalSystem.GITHUB, "listing pull requests", new IllegalStateException("503"));
        }
    }
}
