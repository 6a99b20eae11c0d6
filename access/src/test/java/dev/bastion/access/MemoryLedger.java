package dev.bastion.access;

import static dev.bastion.access.Examples.commit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A ledger without git, by the same contract, so that the use cases can be tried where git is not known. */
final class MemoryLedger implements GrantLedger {
    final List<LedgerChange> written = new ArrayList<>();
    final List<PastGrant> ended = new ArrayList<>();
    /** Runs once, just before the next change is written: what somebody else did in between. */
    Runnable meanwhile = () -> {};
    /** While true, nothing can be read or written. */
    boolean unreachable;

    private final SortedMap<EnvironmentName, Standing> standings = new TreeMap<>();
    private final Map<EnvironmentName, CommitId> moved = new HashMap<>();
    AccessPolicy policy;

    MemoryLedger(AccessPolicy policy, EnvironmentName... environments) {
        this.policy = policy;
        for (EnvironmentName environment : environments) {
            standings.put(environment, new Standing.Closed(environment));
        }
    }

    void put(Grant grant) {
        standings.put(grant.environment(), new Standing.Open(grant));
    }

    /** What this commit made of a grant that another one opened. */
    void putMoved(Grant grant, CommitId by) {
        put(grant);
        moved.put(grant.environment(), by);
    }

    @Override
    public synchronized LedgerSnapshot read() {
        requireReachable();
        return new LedgerSnapshot(commit(written.size() + 1), standings, moved, policy);
    }

    @Override
    public synchronized Receipt record(LedgerChange change) {
        Runnable first = meanwhile;
        meanwhile = () -> {};
        first.run();
        requireReachable();
        Standing found = standings.getOrDefault(change.environment(), new Standing.Closed(change.environment()));
        return switch (change) {
            case LedgerChange.Open open when found instanceof Standing.Closed -> write(open, opened(open));
            case LedgerChange.Extend extend
            when isStill(found, extend.from()) -> write(extend, extend.from().until(extend.newEnd()));
            case LedgerChange.Start start
            when isStill(found, start.from()) -> write(start, start.from().between(start.at(), start.newEnd()));
            case LedgerChange.Endorse endorse
            when isStill(found, endorse.grant()) ->
                write(endorse, endorse.grant().with(new Consent.BrokenGlass(Optional.of(endorse.by()))));
            case LedgerChange.Close close when isStill(found, close.grant()) -> close(close);
            case LedgerChange _ -> new Receipt.Conflict(found);
        };
    }

    private Receipt write(LedgerChange change, Grant grant) {
        written.add(change);
        put(grant);
        return new Receipt.Recorded(commit(written.size() + 1), grant, false);
    }

    /** As a forge does when it merges a proposal of the service. */
    synchronized CommitId merge(Proposal proposal, Consent.Approved consent) {
        switch (proposal.change()) {
            case ProposedChange.Opening opening ->
                put(new Grant(
                        opening.environment(),
                        opening.id(),
                        opening.requester(),
                        opening.reason(),
                        opening.proposedAt(),
                        opening.latestEnd(),
                        commit(written.size() + 100),
                        proposal.shownIn(),
                        consent,
                        false));
            case ProposedChange.Extension extension -> put(extension.from().until(extension.newEnd()));
        }
        return commit(written.size() + 100);
    }

    private Receipt close(LedgerChange.Close close) {
        written.add(close);
        standings.put(close.environment(), new Standing.Closed(close.environment()));
        CommitId by = commit(written.size() + 1);
        ended.addFirst(new PastGrant(close.grant(), close.end(), close.at(), by));
        return new Receipt.Recorded(by, close.grant(), false);
    }

    private Grant opened(LedgerChange.Open open) {
        AccessRequest request = open.request();
        return new Grant(
                request.environment(),
                request.id(),
                request.requester(),
                request.reason(),
                open.createdAt(),
                open.expiresAt(),
                commit(written.size() + 2),
                open.shownIn(),
                request.breakGlass() ? new Consent.BrokenGlass(Optional.empty()) : new Consent.ByPolicy(),
                false);
    }

    private static boolean isStill(Standing found, Grant grant) {
        return found instanceof Standing.Open(Grant open) && open.isStill(grant);
    }

    private void requireReachable() {
        if (unreachable) {
            throw new LedgerUnreachable("reaching git", new IllegalStateException("connection refused"));
        }
    }

    @Override
    public List<PastGrant> endedSince(Instant moment) {
        return ended.stream().filter(past -> !past.endedAt().isBefore(moment)).toList();
    }

    @Override
    public List<PastGrant> history(EnvironmentName environment, int most) {
        return ended.stream()
                .filter(past -> past.grant().environment().equals(environment))
                .limit(most)
                .toList();
    }
}
