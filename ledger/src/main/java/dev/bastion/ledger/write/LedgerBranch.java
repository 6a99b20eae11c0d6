package dev.bastion.ledger.write;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.file.ConfigurationCache;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.file.LedgerAlarms;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.history.LedgerState;
import dev.bastion.ledger.history.LedgerStateReader;
import dev.bastion.ledger.history.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger's branch as last seen, and the one lock under which it is updated or written. */
public final class LedgerBranch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerBranch.class);

    /** How long a push may wait that was opened before it was needed: its credentials expire. */
    private static final Duration OPEN_PUSH = Duration.ofSeconds(10);

    private final LedgerSettings settings;
    private final ConfigurationCache configurations;
    private final LedgerAlarms alarms;
    private final PushStrategy pushStrategy;
    private final BareClone clone;
    private final StateIndex index;
    private final SigningHealth signing;
    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private Optional<CommitId> signedSince;
    private TimeWindow window = TimeWindow.ALWAYS;
    private volatile @Nullable LedgerState state;
    private volatile @Nullable CommitId notes;
    private volatile Instant pushOpened = Instant.MIN;

    public LedgerBranch(
            LedgerSettings settings,
            FileParsers parsers,
            LedgerAlarms alarms,
            PushStrategy pushStrategy,
            InstantSource clock) {
        this.clock = clock;
        this.pushStrategy = pushStrategy;
        this.settings = settings;
        this.configurations = new ConfigurationCache(parsers, settings.environments(), alarms);
        this.alarms = alarms;
        this.signing = new SigningHealth(alarms);
        this.clone = BareClone.open(settings.directory(), settings.gitRemote(), settings.budget());
        this.index = new StateIndex(clone, settings);
        this.signedSince = settings.keys().since().or(clone::savedSwitch);
    }

    public LedgerSettings settings() {
        return settings;
    }

    /** The last seen state; reads the remote if there is none. */
    public LedgerState state() {
        LedgerState known = state;
        return known != null ? known : refresh();
    }

    /** Says which head the notes have, where the ledger has any: later entries name it. */
    void notesAt(CommitId head) {
        notes = head;
    }

    /** Whether the remote, or the clone on disk, was read. */
    public boolean isKnown() {
        return state != null;
    }

    /**
     * Reads the clone on disk as an earlier process left it, and makes no call to the remote.
     *
     * @return whether there is one that can be read
     */
    public boolean readClone() {
        lock.lock();
        try {
            clone.head().ifPresent(head -> read(null, head));
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("clone.unreadable");
        } finally {
            lock.unlock();
        }
        return isKnown();
    }

    /** The remote's state now; takes the lock only when the head has moved. */
    public LedgerState refreshIfChanged() {
        LedgerState known = state;
        return known != null && clone.remoteHead().equals(known.head()) ? known : refresh();
    }

    /** As {@link #refreshIfChanged}, for a {@link #write} that follows at once: it needs fewer round trips. */
    public LedgerState refreshToWrite() {
        LedgerState known = state;
        if (known == null) {
            return refresh();
        }
        CommitId head = clone.headToPush();
        pushOpened = clock.instant();
        return head.equals(known.head()) ? known : refresh();
    }

    /** The remote's state now, read under the lock. */
    public LedgerState refresh() {
        lock.lock();
        try {
            return fetchAndRead();
        } catch (CloneBroken e) {
            LOG.atWarn().setCause(e).log("clone.broken");
            return recloneAndRead();
        } finally {
            lock.unlock();
        }
    }

    /** The remote's state now, from a new clone. */
    LedgerState reclone() {
        lock.lock();
        try {
            return recloneAndRead();
        } finally {
            lock.unlock();
        }
    }

    private LedgerState recloneAndRead() {
        try {
            clone.reclone();
            signedSince.filter(_ -> settings.keys().since().isEmpty()).ifPresent(clone::saveSwitch);
            return fetchAndRead();
        } catch (CloneBroken e) {
            throw LedgerUnreachable.later("cloning " + settings.remote() + " again", e);
        }
    }

    private LedgerState fetchAndRead() {
        return readUnlessKnown(clone.fetch());
    }

    private LedgerState readUnlessKnown(CommitId head) {
        LedgerState known = state;
        if (known != null && head.equals(known.head())) {
            return known;
        }
        return read(known, head);
    }

    private LedgerState read(@Nullable LedgerState known, CommitId head) {
        try (CommitReader commits = clone.commits()) {
            Optional<CommitId> lastSeen = known == null ? clone.head() : Optional.of(known.head());
            boolean rewritten = lastSeen.isPresent() && !isOnLine(commits, head, lastSeen.get());
            Instant time = clock.instant();
            LedgerStateReader reader =
                    new LedgerStateReader(commits, configurations, settings.keys(), signedSince, time);
            LedgerState now = rewritten
                    ? reader.read(null, head)
                    : reader.read(known, head, known == null ? kept(time) : LedgerStateReader.NOTHING_KEPT);
            window = known == null || rewritten ? reader.window() : window.and(reader.window());
            Optional<CommitId> missing = rewritten ? lastSeen : missingSwitch(known, now);
            missing.ifPresent(commit -> {
                LOG.atError()
                        .addKeyValue("seen", commit)
                        .addKeyValue("now", head)
                        .log("history.rewritten");
                alarms.historyRewritten(commit, head, howLost(commits, head, commit));
            });
            clone.saveHead(head);
            keep(now);
            return now;
        }
    }

    /** What an earlier process kept beside the clone. */
    private LedgerStateReader.Memory kept(Instant time) {
        return index.read()
                .<LedgerStateReader.Memory>map(found -> {
                    configurations.startFrom(found.versions());
                    return layout -> index.fitting(found, layout, configurations.versions(), keys(), time);
                })
                .orElse(LedgerStateReader.NOTHING_KEPT);
    }

    /** The keys with the switch to signed entries, as far as it is known. */
    private TrustedKeys keys() {
        TrustedKeys keys = settings.keys();
        return new TrustedKeys(keys.signer(), keys.others(), keys.principal(), signedSince);
    }

    /** The switch to signed entries that is known and not in the history, where this is the first read. */
    private Optional<CommitId> missingSwitch(@Nullable LedgerState known, LedgerState now) {
        return known == null && now.signed().isWithoutSwitch() ? signedSince : Optional.empty();
    }

    /** Remembers the switch to signed entries for good, so that a rewrite of the history does not undo it. */
    private void keep(LedgerState now) {
        if (signedSince.isEmpty() && now.signed().hasBegun()) {
            signedSince = now.signed().first();
            signedSince.ifPresent(commit -> {
                clone.saveSwitch(commit);
                LOG.atWarn()
                        .addKeyValue("commit", commit)
                        .log("signing.since is not set, so only this clone knows since when entries are signed; set"
                                + " it to this commit");
            });
        }
        state = now;
        index.offer(new StateIndex.Kept(now, keys(), window.notBefore(clock.instant()), configurations.versions()));
    }

    /** Whether the line that is read still has the last seen head: a merge can put it, with all its entries, beside the line. */
    private static boolean isOnLine(CommitReader commits, CommitId head, CommitId lastSeen) {
        return commits.has(lastSeen) && commits.isOnFirstParentLine(lastSeen, head);
    }

    private static LedgerAlarms.Rewrite howLost(CommitReader commits, CommitId head, CommitId lost) {
        return commits.has(lost) && commits.ancestry().isDescendant(head, lost)
                ? LedgerAlarms.Rewrite.PUT_ASIDE
                : LedgerAlarms.Rewrite.REMOVED;
    }

    /**
     * Writes a batch on the last seen head and pushes it.
     *
     * @return whether the batch counts as written; if not, the branch is up to date again
     */
    PushOutcome write(Consumer<ChangeBatch> writing) {
        lock.lock();
        try {
            LedgerState base = state();
            if (clock.instant().isAfter(pushOpened.plus(OPEN_PUSH))) {
                clone.endPush();
            }
            try (CommitReader commits = clone.commits();
                    CommitDraft draft = draft(clone, base.head())) {
                ChangeBatch batch =
                        new ChangeBatch(base, commits, draft, settings, signing, Optional.ofNullable(notes));
                writing.accept(batch);
                PushOutcome outcome = draft.isEmpty() ? checkUnmoved(base) : pushStrategy.push(clone, draft);
                if (outcome == PushOutcome.ACCEPTED) {
                    keep(batch.result());
                    clone.endPush();
                } else {
                    readAfter(outcome);
                }
                return outcome;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Commits that the remote rewrote are there: a failure to read them does not mean that nothing was written. */
    private void readAfter(PushOutcome outcome) {
        try {
            if (outcome == PushOutcome.LOST_RACE) {
                CommitId head = clone.fetchToPush();
                pushOpened = clock.instant();
                readUnlessKnown(head);
            } else {
                fetchAndRead();
            }
        } catch (LedgerUnreachable | LedgerRejected e) {
            throw outcome == PushOutcome.REWRITTEN ? new LedgerUnreachable("reading what was written", e) : e;
        }
    }

    /** A draft whose commits are signed, if the service signs. */
    public CommitDraft draft(BareClone in, CommitId upon) {
        return in.draft(upon, settings.keys().signer());
    }

    public SigningHealth signing() {
        return signing;
    }

    /** A file at the last seen head; empty when there is none, or it is larger than the budget. */
    public Optional<byte[]> file(String path) {
        CommitId head = state().head();
        lock.lock();
        try (CommitReader commits = clone.commits()) {
            return commits.file(head, path).flatMap(commits::content);
        } finally {
            lock.unlock();
        }
    }

    private PushOutcome checkUnmoved(LedgerState base) {
        return clone.remoteHead().equals(base.head()) ? PushOutcome.ACCEPTED : PushOutcome.LOST_RACE;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            index.close();
            clone.close();
        } finally {
            lock.unlock();
        }
    }
}
