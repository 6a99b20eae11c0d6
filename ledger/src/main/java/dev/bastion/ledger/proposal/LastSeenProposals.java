package dev.bastion.ledger.proposal;

import dev.bastion.access.proposal.PlanStatus;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalSnapshot;
import dev.bastion.access.proposal.ProposalStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The proposals as the last read had them, with what this process opened, merged or closed since. */
final class LastSeenProposals {
    /** How long a closed proposal is listed. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final InstantSource clock;
    private final CopyOnWriteArrayList<Proposal> waiting = new CopyOnWriteArrayList<>();
    /** By number. */
    private final Map<Integer, ProposalSnapshot> closed = new ConcurrentHashMap<>();

    LastSeenProposals(InstantSource clock) {
        this.clock = clock;
    }

    List<Proposal> waiting() {
        return List.copyOf(waiting);
    }

    List<ProposalSnapshot> closed() {
        return List.copyOf(closed.values());
    }

    void add(Proposal proposal) {
        waiting.addIfAbsent(proposal);
    }

    void forget(Proposal proposal) {
        waiting.removeIf(other -> other.number() == proposal.number());
    }

    /** Until the next read, a proposal that the service closed counts as that read will have it. */
    void markClosed(ProposalStatus status) {
        forget(status.proposal());
        closed.putIfAbsent(status.proposal().number(), closedNow(status));
    }

    private ProposalSnapshot closedNow(ProposalStatus status) {
        ProposalSnapshot.State state =
                new ProposalSnapshot.State.Closed(Optional.empty(), ClosingLabels.of(status.stage()), clock.instant());
        Proposal proposal = status.proposal();
        return new ProposalSnapshot(
                proposal,
                state,
                proposal.head(),
                true,
                List.of(),
                new PlanStatus.Missing(),
                new ProposalSnapshot.Mergeability.Unknown());
    }

    /**
     * Takes over what a read found. A proposal that was added or removed during the read, or that could not be read,
     * keeps its place.
     *
     * @param before the waiting proposals when the read began
     */
    void update(List<Proposal> before, ProposalReader.Result read) {
        List<Proposal> now = read.seen().stream()
                .filter(one -> one.state() instanceof ProposalSnapshot.State.Waiting)
                .map(ProposalSnapshot::proposal)
                .toList();
        waiting.removeIf(one ->
                before.contains(one) && !now.contains(one) && !read.unreadable().contains(one.number()));
        keepClosed(read.seen());
        now.stream().filter(one -> !before.contains(one)).forEach(waiting::addIfAbsent);
    }

    private void keepClosed(List<ProposalSnapshot> seen) {
        for (ProposalSnapshot one : seen) {
            if (one.state() instanceof ProposalSnapshot.State.Closed) {
                closed.put(one.proposal().number(), one);
            } else {
                closed.remove(one.proposal().number());
            }
        }
        Instant since = clock.instant().minus(KEPT);
        closed.values()
                .removeIf(one -> one.state() instanceof ProposalSnapshot.State.Closed(var _, var _, Instant at)
                        && at.isBefore(since));
    }
}
