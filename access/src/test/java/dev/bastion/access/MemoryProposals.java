package dev.bastion.access;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.ProposalRepository;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalMerge;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStage;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Pushers;
import dev.bastion.access.proposal.RecordedDecisions;
import dev.bastion.access.proposal.Review;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Proposals in memory by the contract of {@link ProposalRepository}, for one thread: the tests look into them. */
public final class MemoryProposals implements ProposalRepository {
    /** What each account wrote last. */
    public final Map<String, String> words = new HashMap<>();

    public final TreeMap<Integer, ProposalSnapshot> proposals = new TreeMap<>();
    public final List<String> closings = new ArrayList<>();
    public final Map<CommitId, MergedPullRequest> mergedPullRequests = new HashMap<>();
    public int merges;
    /** While true, nothing can be read or written. */
    public boolean down;
    /** Runs once, just before the next merge: a concurrent change. */
    public Runnable beforeNextMerge = () -> {};

    /** Runs once, just before the next proposal is numbered, and is not seen by {@link #lastSeenWaiting} before that. */
    public Runnable unseen = () -> {};
    /** Runs once, just after the next proposal is numbered. */
    public Runnable meanwhileProposed = () -> {};

    private final MemoryLedger ledger;
    private final InstantSource clock;

    public MemoryProposals(MemoryLedger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    @Override
    public Proposal propose(ProposedChange change, Optional<AnnouncementRef> shownIn, AccessPolicy policy) {
        if (down) {
            throw new LedgerUnreachable(
                    new Fault.Unknown(ExternalSystem.GITHUB, "opening a pull request", "503"),
                    new IllegalStateException("503"));
        }
        Runnable before = unseen;
        unseen = () -> {};
        before.run();
        Proposal proposed = number(change, shownIn);
        Runnable after = meanwhileProposed;
        meanwhileProposed = () -> {};
        after.run();
        return proposed;
    }

    private Proposal number(ProposedChange change, Optional<AnnouncementRef> shownIn) {
        return proposals.values().stream()
                .map(ProposalSnapshot::proposal)
                .filter(known -> known.id().equals(change.id()))
                .findFirst()
                .orElseGet(() -> {
                    int number = 42 + proposals.size();
                    Proposal proposal =
                            new Proposal(change, number, ApprovalScenario.PAGE, ApprovalScenario.HEAD, shownIn);
                    ProposalSnapshot like = ApprovalScenario.snapshot(change);
                    proposals.put(
                            number,
                            new ProposalSnapshot(
                                    proposal,
                                    like.state(),
                                    like.head(),
                                    true,
                                    List.of(),
                                    like.plan(),
                                    like.mergeability()));
                    return proposal;
                });
    }

    public void review(int number, Review... reviews) {
        ProposalSnapshot seen = look(number);
        proposals.put(
                number,
                new ProposalSnapshot(
                        seen.proposal(),
                        seen.state(),
                        seen.head(),
                        seen.intact(),
                        List.of(reviews),
                        seen.plan(),
                        seen.mergeability(),
                        seen.recorded()));
    }

    public void put(ProposalSnapshot seen) {
        proposals.put(seen.proposal().number(), seen);
    }

    public void setState(int number, ProposalSnapshot.State state) {
        proposals.put(number, ApprovalScenario.with(look(number), state));
    }

    /** As the ledger records it. */
    public void decided(int number, Observation decision) {
        ProposalSnapshot seen = look(number);
        List<Observation> all = new ArrayList<>(seen.recorded().approvals());
        seen.recorded().denial().ifPresent(all::add);
        all.add(decision);
        proposals.put(number, seen.with(RecordedDecisions.of(all)));
    }

    public ProposalSnapshot look(int number) {
        return Optional.ofNullable(proposals.get(number)).orElseThrow();
    }

    @Override
    public List<ProposalSnapshot> look() {
        requireUp();
        return List.copyOf(proposals.values());
    }

    @Override
    public List<Proposal> lastSeenWaiting() {
        return proposals.values().stream()
                .filter(seen -> seen.state() instanceof ProposalSnapshot.State.Waiting)
                .map(ProposalSnapshot::proposal)
                .toList();
    }

    @Override
    public List<ProposalSnapshot> lastSeenClosed() {
        return proposals.values().stream()
                .filter(seen -> seen.state() instanceof ProposalSnapshot.State.Closed)
                .toList();
    }

    @Override
    public Optional<ProposalSnapshot> lookAt(int number) {
        requireUp();
        return Optional.ofNullable(proposals.get(number));
    }

    @Override
    public String words(Proposal proposal, String login, Instant since) {
        if (down) {
            throw new LedgerUnreachable("merging", new IllegalStateException("503"));
        }
        return words.getOrDefault(login, "");
    }

    @Override
    public Merging merge(Proposal proposal, ApprovalBasis.Approved approvalBasis) {
        Runnable first = beforeNextMerge;
        beforeNextMerge = () -> {};
        first.run();
        if (down) {
            throw new LedgerUnreachable("merging", new IllegalStateException("503"));
        }
        ProposalSnapshot seen = look(proposal.number());
        if (!(seen.state() instanceof ProposalSnapshot.State.Waiting)
                || !seen.head().equals(proposal.head())) {
            return new Merging.Moved();
        }
        merges++;
        CommitId commit = ledger.merge(proposal, approvalBasis);
        mergedPullRequests.put(
                commit,
                new MergedPullRequest(
                        proposal.number(),
                        Optional.empty(),
                        seen.head(),
                        clock.instant(),
                        seen.reviews(),
                        Pushers.SERVICE,
                        seen.recorded().approvals(),
                        Optional.of(new ProposalMerge(proposal, true, false))));
        setState(
                proposal.number(),
                new ProposalSnapshot.State.Merged(commit, Optional.of("bastion[bot]"), clock.instant()));
        return new Merging.Merged(commit);
    }

    @Override
    public void close(ProposalStatus status) {
        requireUp();
        Optional<ProposalSnapshot.Ending> ending = switch (status.stage()) {
            case ProposalStage.Lapsed _ -> Optional.of(ProposalSnapshot.Ending.LAPSED);
            case ProposalStage.Withdrawn _ -> Optional.of(ProposalSnapshot.Ending.WITHDRAWN);
            case ProposalStage.Denied _ -> Optional.empty();
            default -> Optional.of(ProposalSnapshot.Ending.REFUSED);
        };
        int number = status.proposal().number();
        if (look(number).state() instanceof ProposalSnapshot.State.Waiting) {
            closings.add(number + " " + ending.map(Enum::name).orElse("DENIED"));
            setState(number, new ProposalSnapshot.State.Closed(Optional.of("bastion[bot]"), ending, clock.instant()));
        }
    }

    @Override
    public Optional<MergedPullRequest> mergedPullRequestOf(CommitId commit) {
        requireUp();
        return Optional.ofNullable(mergedPullRequests.get(commit));
    }

    private void requireUp() {
        if (down) {
            throw new ObservationFailed(
                    ExternalSystem.GITHUB, "listing pull requests", new IllegalStateException("503"));
        }
    }
}
