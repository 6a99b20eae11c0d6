package dev.bastion.access;

import static dev.bastion.access.Examples.commit;

import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.state.EnvironmentCommit;
import dev.bastion.access.state.LedgerSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A ledger in memory by the contract of {@link GrantLedger}, for one thread: the tests look into it and change it. */
public final class MemoryLedger implements GrantLedger {
    public final List<LedgerChange> written = new ArrayList<>();
    public final List<PastGrant> ended = new ArrayList<>();
    /** Runs once, just before the next change is written: a concurrent change. */
    public Runnable beforeNextWrite = () -> {};
    /** While true, nothing can be read or written. */
    public boolean unreachable;

    private final SortedMap<EnvironmentName, EnvironmentState> states = new TreeMap<>();
    private final Map<EnvironmentName, LedgerSnapshot.LatestEnd> moved = new HashMap<>();
    private final Map<EnvironmentName, List<EnvironmentCommit>> commits = new HashMap<>();
    public AccessPolicy policy;

    public MemoryLedger(AccessPolicy policy, EnvironmentName... environments) {
        this.policy = policy;
        for (EnvironmentName environment : environments) {
            states.put(environment, new EnvironmentState.Closed(environment));
        }
    }

    /** What the ledger says of an environment. */
    public void put(EnvironmentState state) {
        states.put(state.environment(), state);
    }

    public void put(Grant grant) {
        add(grant.environment(), grant.openedBy(), grant.createdAt());
        place(grant);
    }

    private void add(EnvironmentName environment, CommitId commit, Instant at) {
        commits.computeIfAbsent(environment, _ -> new ArrayList<>()).add(new EnvironmentCommit(commit, at));
    }

    private void place(Grant grant) {
        states.put(grant.environment(), new EnvironmentState.Open(grant));
    }

    /** What this commit made of a grant that another one opened. */
    public void putMoved(Grant grant, CommitId by) {
        put(grant);
        moved.put(grant.environment(), new LedgerSnapshot.LatestEnd(by, false));
    }

    /** The same where entries are signed: no entry says yet who approved it. */
    public void putUnconfirmed(Grant grant, LedgerSnapshot.LatestEnd end) {
        put(grant);
        moved.put(grant.environment(), end);
    }

    /** What a person made of it without the service. */
    public void putMovedByHand(Grant grant, CommitId by) {
        put(grant);
        moved.put(grant.environment(), new LedgerSnapshot.LatestEnd(by, true));
    }

    @Override
    public synchronized LedgerSnapshot read() {
        requireReachable();
        return lastSeen();
    }

    @Override
    public synchronized LedgerSnapshot lastSeen() {
        return new LedgerSnapshot(commit(written.size() + 1), states, moved, breakGlass(), policy);
    }

    private List<PastGrant> breakGlass() {
        return ended.stream()
                .filter(past -> past.grant().approvalBasis() instanceof ApprovalBasis.BreakGlass)
                .toList();
    }

    private Optional<PastGrant> past(Grant grant) {
        return ended.stream()
                .filter(past -> past.grant().request().equals(grant.request()))
                .findFirst();
    }

    @Override
    public synchronized RecordResult record(LedgerChange change) {
        Runnable first = beforeNextWrite;
        beforeNextWrite = () -> {};
        first.run();
        requireReachable();
        EnvironmentState found =
                states.getOrDefault(change.environment(), new EnvironmentState.Closed(change.environment()));
        return switch (change) {
            case LedgerChange.Open open
            when found instanceof EnvironmentState.Closed && open.hasCounted(lastSeen().openGrants().stream()) ->
                write(open, opened(open));
            case LedgerChange.Extend extend
            when hasSameExpiryAs(found, extend.from()) ->
                write(extend, extend.from().until(extend.newEnd()));
            case LedgerChange.Start start when hasSameExpiryAs(found, start.from()) -> write(start, started(start));
            case LedgerChange.ConfirmEnd confirm
            when hasSameExpiryAs(found, confirm.grant()) -> {
                moved.computeIfPresent(confirm.environment(), (_, end) -> end.with(confirm.approved()));
                yield write(confirm, confirm.grant());
            }
            case LedgerChange.Approve approve
            when hasSameExpiryAs(found, approve.grant()) ->
                write(approve, approve.grant().with(new ApprovalBasis.BreakGlass(Optional.of(approve.by()))));
            case LedgerChange.Approve approve when past(approve.grant()).isPresent() -> approvePast(approve);
            case LedgerChange.Close close when hasSameExpiryAs(found, close.grant()) -> close(close);
            case LedgerChange _ -> new RecordResult.Conflict(found);
        };
    }

    private static Grant started(LedgerChange.Start start) {
        Grant moved = start.from().between(start.at(), start.newEnd());
        return start.approved().map(moved::with).orElse(moved);
    }

    private RecordResult write(LedgerChange change, Grant grant) {
        written.add(change);
        add(change.environment(), commit(written.size() + 1), timeOf(change));
        place(grant);
        return new RecordResult.Recorded(commit(written.size() + 1), grant, false);
    }

    private static Instant timeOf(LedgerChange change) {
        return switch (change) {
            case LedgerChange.Open open -> open.createdAt();
            case LedgerChange.Extend extend -> extend.at();
            case LedgerChange.Start start -> start.at();
            case LedgerChange.ConfirmEnd confirm -> confirm.approved().at();
            case LedgerChange.Approve approve -> approve.at();
            case LedgerChange.Close close -> close.at();
        };
    }

    /** As a forge does when it merges a proposal of the service. */
    public synchronized CommitId merge(Proposal proposal, ApprovalBasis.Approved approvalBasis) {
        switch (proposal.change()) {
            case ProposedChange.Opening opening ->
                put(new Grant(
                        opening.environment(),
                        opening.id(),
                        opening.requester(),
                        opening.reason(),
                        opening.startsAt(),
                        opening.latestEnd(),
                        commit(written.size() + 100),
                        proposal.shownIn(),
                        approvalBasis,
                        false));
            case ProposedChange.Extension extension -> put(extension.from().until(extension.newEnd()));
        }
        return commit(written.size() + 100);
    }

    private RecordResult approvePast(LedgerChange.Approve approve) {
        written.add(approve);
        PastGrant past = past(approve.grant()).orElseThrow();
        Grant approved = past.grant().with(new ApprovalBasis.BreakGlass(Optional.of(approve.by())));
        ended.set(ended.indexOf(past), new PastGrant(approved, past.end(), past.endedAt(), past.closedBy()));
        return new RecordResult.Recorded(commit(written.size() + 1), approved, false);
    }

    private RecordResult close(LedgerChange.Close close) {
        written.add(close);
        states.put(close.environment(), new EnvironmentState.Closed(close.environment()));
        CommitId by = commit(written.size() + 1);
        add(close.environment(), by, close.at());
        ended.addFirst(new PastGrant(close.grant(), close.end(), close.at(), by));
        return new RecordResult.Recorded(by, close.grant(), false);
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
                request.breakGlass() ? new ApprovalBasis.BreakGlass(Optional.empty()) : new ApprovalBasis.ByPolicy(),
                false);
    }

    private static boolean hasSameExpiryAs(EnvironmentState found, Grant grant) {
        return found instanceof EnvironmentState.Open(Grant open) && open.hasSameExpiryAs(grant);
    }

    private void requireReachable() {
        if (unreachable) {
            throw new LedgerUnreachable("reaching git", new IllegalStateException("connection refused"));
        }
    }

    @Override
    public List<EnvironmentCommit> commits(EnvironmentName environment) {
        return List.copyOf(commits.getOrDefault(environment, List.of()));
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
