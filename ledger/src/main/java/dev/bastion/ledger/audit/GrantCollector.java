package dev.bastion.ledger.audit;

import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.entry.Action;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.history.EnvironmentRecord;
import dev.bastion.ledger.history.ReplayObserver.Move;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The collector of grants from what commits did; it hands each on as soon as nothing can be added to it any more. */
final class GrantCollector {
    /** The ended grants that wait for the service's last observations; far more than end while one instance ends. */
    private static final int MOST_WAITING = 10_000;

    private record Key(EnvironmentName environment, RequestId request) {
        static Key of(Grant grant) {
            return new Key(grant.environment(), grant.request());
        }
    }

    private final AuditSink sink;
    private final Supplier<PolicyHistory.Version> policy;
    private final MergedProposals proposals;
    private final TreeMap<EnvironmentName, GrantInProgress> open = new TreeMap<>();
    private final LinkedHashMap<Key, GrantInProgress> ended = new LinkedHashMap<>();
    /** Break-glass can be approved long after it is over. */
    private final LinkedHashMap<Key, GrantInProgress> unanswered = new LinkedHashMap<>();

    /** @param policy the one in force before the commit that is being read */
    GrantCollector(AuditSink sink, Supplier<PolicyHistory.Version> policy, MergedProposals proposals) {
        this.sink = sink;
        this.proposals = proposals;
        this.policy = policy;
    }

    /** The grants to which something can be added. */
    AuditState state(Optional<CommitId> named) {
        return new AuditState(
                named, List.copyOf(open.values()), List.copyOf(ended.values()), List.copyOf(unanswered.values()));
    }

    /** Goes on where another collector was. */
    void resume(AuditState state) {
        state.open().forEach(grant -> open.put(grant.grant().environment(), grant));
        state.ended().forEach(grant -> ended.put(Key.of(grant.grant()), grant));
        state.unanswered().forEach(grant -> unanswered.put(Key.of(grant.grant()), grant));
    }

    void moved(Move move) {
        move.entry()
                .filter(entry -> entry.action() == Action.APPROVE)
                .ifPresentOrElse(entry -> approved(entry, move.commit()), () -> {
                    newlyEnded(move).forEach(past -> close(past, move));
                    followOpen(move);
                    followUnreadable(move);
                });
    }

    private void approved(LedgerEntry entry, CommitId commit) {
        find(new Key(entry.environment(), entry.request())).ifPresent(grant -> {
            grant.approve(entry, commit);
            if (unanswered.remove(Key.of(grant.grant())) != null) {
                await(grant);
            }
        });
    }

    /** The grants that the commit ended, oldest first. */
    private static List<PastGrant> newlyEnded(Move move) {
        PastGrant newestBefore = newest(move.before());
        List<PastGrant> ended = new ArrayList<>();
        for (PastGrant past : move.after().history().past()) {
            if (past.equals(newestBefore)) {
                break;
            }
            ended.addFirst(past);
        }
        return ended;
    }

    private static @Nullable PastGrant newest(EnvironmentRecord record) {
        for (PastGrant past : record.history().past()) {
            return past;
        }
        return null;
    }

    private void close(PastGrant past, Move move) {
        GrantInProgress known = open.get(past.grant().environment());
        GrantInProgress grant = known != null && known.isOf(past.grant()) ? known : opened(past.grant(), move);
        if (grant == known) {
            open.remove(past.grant().environment());
        }
        grant.ended(past, move);
        await(grant);
    }

    private void followOpen(Move move) {
        Optional<Grant> now = move.after().history().open();
        if (now.isEmpty()) {
            return;
        }
        GrantInProgress known = open.get(now.get().environment());
        if (known != null && known.isOf(now.get())) {
            known.follow(now.get(), move, policy.get());
        } else {
            replace(known, move);
            open.put(now.get().environment(), opened(now.get(), move));
        }
    }

    private GrantInProgress opened(Grant grant, Move move) {
        return GrantInProgress.opened(grant, move, policy.get(), proposals.of(grant));
    }

    private void followUnreadable(Move move) {
        EnvironmentName environment = move.after().environment();
        GrantInProgress known = open.get(environment);
        boolean mayBeOpen = move.after().unreadable().isPresent();
        if (mayBeOpen && known == null) {
            move.after()
                    .state(policy.get().policy())
                    .inForce()
                    .ifPresent(presumed ->
                            open.put(environment, GrantInProgress.unreadable(presumed, move, policy.get())));
        } else if (!mayBeOpen && known != null && known.isUnreadable()) {
            open.remove(environment);
            replace(known, move);
        }
    }

    /** Ends what another commit put something else in the place of. */
    private void replace(@Nullable GrantInProgress known, Move move) {
        if (known != null) {
            known.end(
                    new GrantRecord.Ending(
                            new End.EndedBy(move.by().orElse(known.grant().holder())),
                            move.at(),
                            move.entry().isEmpty()),
                    move.commit());
            await(known);
        }
    }

    void observed(CommitId commit, Observation observation) {
        Key key = new Key(
                observation.subject().environment(), observation.subject().request());
        find(key).ifPresent(grant -> {
            grant.observe(observation, commit);
            if (grant.isComplete() && ended.remove(key) != null) {
                sink.grant(grant.record());
            }
        });
    }

    private Optional<GrantInProgress> find(Key key) {
        return Optional.ofNullable(open.get(key.environment()))
                .filter(grant -> Key.of(grant.grant()).equals(key))
                .or(() -> Optional.ofNullable(ended.get(key)))
                .or(() -> Optional.ofNullable(unanswered.get(key)));
    }

    private void await(GrantInProgress grant) {
        if (grant.isUnansweredBreakGlass()) {
            handOn(unanswered.put(Key.of(grant.grant()), grant));
            handOnOldest(unanswered);
        } else if (grant.isComplete()) {
            sink.grant(grant.record());
        } else {
            handOn(ended.put(Key.of(grant.grant()), grant));
            handOnOldest(ended);
        }
    }

    /** Another grant of the same request, which only a hand-made history has. */
    private void handOn(@Nullable GrantInProgress displaced) {
        if (displaced != null) {
            sink.grant(displaced.record());
        }
    }

    private void handOnOldest(SequencedMap<Key, GrantInProgress> waiting) {
        if (waiting.size() > MOST_WAITING) {
            sink.grant(waiting.pollFirstEntry().getValue().record());
        }
    }

    /** Hands on the rest, in the order of their beginning: first what has ended, then what is open. */
    void finish() {
        List<GrantRecord> rest = new ArrayList<>();
        ended.values().forEach(grant -> rest.add(grant.record()));
        unanswered.values().forEach(grant -> rest.add(grant.record()));
        rest.sort(Comparator.comparing(GrantRecord::openedAt));
        rest.forEach(sink::grant);
        open.values().stream()
                .map(GrantInProgress::record)
                .sorted(Comparator.comparing(GrantRecord::openedAt))
                .forEach(sink::grant);
    }
}
