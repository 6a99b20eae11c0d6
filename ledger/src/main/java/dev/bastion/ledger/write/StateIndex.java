package dev.bastion.ledger.write;

import dev.bastion.layout.Layout;
import dev.bastion.ledger.file.LayoutVersions;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.history.Checkpoint;
import dev.bastion.ledger.history.LedgerState;
import dev.bastion.ledger.history.TimeWindow;
import dev.bastion.ledger.index.CheckpointValues;
import dev.bastion.ledger.index.HistoryIndex;
import dev.bastion.ledger.index.IndexDraft;
import dev.bastion.ledger.index.IndexIdentity;
import dev.bastion.ledger.index.IndexInput;
import dev.bastion.ledger.index.IndexKey;
import dev.bastion.ledger.index.IndexOutput;
import dev.bastion.ledger.index.IndexSection;
import dev.bastion.ledger.index.InvalidIndex;
import dev.bastion.ledger.index.ProgramFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of the service's clone: the state that the next start goes on from. It is written aside, and nothing waits for it but
 * the end of the process, for a moment.
 */
final class StateIndex implements AutoCloseable {
    /** After so many states a new index is worth its writing: the next start reads the rest from git. */
    private static final int STATES_BETWEEN = 500;

    private static final Duration LAST_WRITING = Duration.ofSeconds(5);
    private static final String NAME = "service-v1";
    private static final Logger LOG = LoggerFactory.getLogger(StateIndex.class);

    /**
     * A state with all that its reading depended on.
     *
     * @param keys with the commit from which on entries are signed
     * @param window when another reading has the same result
     * @param versions of the layout, up to this head or an earlier one
     */
    record Kept(LedgerState state, TrustedKeys keys, TimeWindow window, Optional<LayoutVersions> versions) {}

    /** What an earlier process kept. */
    record Known(String identity, LayoutVersions versions, Checkpoint checkpoint) {}

    private final Optional<HistoryIndex> file;
    private final BareClone clone;
    private final LedgerSettings settings;
    private final ProgramFiles program = ProgramFiles.running();
    private final Executor threads;
    private CompletableFuture<Void> writing = CompletableFuture.completedFuture(null);
    private @Nullable Kept unwritten;
    private int states = STATES_BETWEEN;

    StateIndex(BareClone clone, LedgerSettings settings) {
        this.clone = clone;
        this.settings = settings;
        this.threads = switch (settings.pacing()) {
            case THREADS ->
                work -> Thread.ofPlatform().daemon().name("ledger-index").start(work);
            case STEPS -> Runnable::run;
        };
        Path directory = settings.directory();
        this.file = IndexKey.of(directory.resolveSibling(directory.getFileName() + ".index-key"))
                .map(key -> new HistoryIndex(directory, NAME, key));
    }

    /** What the clone has of an earlier process; {@link #fitting} says whether it counts. */
    Optional<Known> read() {
        return file.flatMap(HistoryIndex::read).flatMap(content -> {
            try {
                IndexInput in = content.section(IndexSection.STATE);
                return Optional.of(new Known(
                        in.text(),
                        new LayoutVersions(in.commit(), CheckpointValues.readVersions(in)),
                        CheckpointValues.read(in)));
            } catch (InvalidIndex | IllegalArgumentException e) {
                LOG.atDebug().setCause(e).log("index.not-understood");
                return Optional.empty();
            }
        });
    }

    /** The checkpoint of a known state, if a reading with this layout and these keys would have it now. */
    Optional<Checkpoint> fitting(
            Known known, Layout layout, Optional<LayoutVersions> versions, TrustedKeys keys, Instant now) {
        return versions.flatMap(found -> identity(layout, found, keys))
                .filter(identity -> identity.value().equals(known.identity()))
                .filter(_ -> known.checkpoint().window().contains(now))
                .map(_ -> known.checkpoint());
    }

    private Optional<IndexIdentity> identity(Layout layout, LayoutVersions versions, TrustedKeys keys) {
        return IndexIdentity.of(layout, versions.newestFirst(), keys, settings.budget(), program);
    }

    /** Takes the newest state, and writes it if the last writing is long ago. */
    synchronized void offer(Kept newest) {
        unwritten = newest;
        states++;
        if (states >= STATES_BETWEEN && writing.isDone()) {
            write();
        }
    }

    private void write() {
        Kept kept = unwritten;
        if (kept != null && file.isPresent() && !kept.state().isFull()) {
            unwritten = null;
            states = 0;
            writing = CompletableFuture.runAsync(() -> writeOrSkip(file.get(), kept), threads);
        }
    }

    private void writeOrSkip(HistoryIndex to, Kept kept) {
        try (CommitReader commits = clone.commits()) {
            LayoutVersions versions = LayoutVersions.read(commits, kept.state().head(), kept.versions());
            identity(kept.state().layout(), versions, kept.keys())
                    .ifPresent(identity -> to.draft().ifPresent(draft -> keep(draft, identity, versions, kept)));
        } catch (CloneBroken e) {
            LOG.atDebug().setCause(e).log("index.not-written");
        }
    }

    private static void keep(IndexDraft opened, IndexIdentity identity, LayoutVersions versions, Kept kept) {
        try (IndexDraft draft = opened) {
            IndexOutput out = draft.begin(IndexSection.STATE);
            out.text(identity.value());
            out.commit(versions.head());
            CheckpointValues.writeVersions(versions.newestFirst(), out);
            CheckpointValues.write(Checkpoint.of(kept.state(), kept.window()), out);
            draft.keep();
        }
    }

    /** Writes the newest state. */
    @Override
    public synchronized void close() {
        try {
            writing.get(LAST_WRITING.toSeconds(), TimeUnit.SECONDS);
            write();
            writing.get(LAST_WRITING.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.atDebug().setCause(e).log("index.not-written");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
