package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FileVersion;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The replay of a history for an observer, commit by commit. It understands commits as {@link LedgerStateReader} does, and
 * keeps only what is open and the ended grants that were last.
 */
public final class HistoryReplay {
    /** How many commits are read before what is kept of them is cut; a multiple of a batch. */
    private static final int COMMITS_KEPT = 32 * ReadAhead.BATCH;

    /** The ended grants of each environment that an entry can still be about. */
    private static final int PAST_KEPT = 500;

    private final CommitReader commits;
    private final FirstParentLine line;
    private final Layout layout;
    private final ReplayObserver observer;

    private HistoryReplay(CommitReader commits, FirstParentLine line, Layout layout, ReplayObserver observer) {
        this.commits = commits;
        this.line = line;
        this.layout = layout;
        this.observer = observer;
    }

    /**
     * Where a replay goes on.
     *
     * @param commits how many commits were replayed before
     * @param files the states of versions of files that were parsed before
     */
    public record Start(Checkpoint checkpoint, int commits, Map<FileVersion, FileState> files) {
        public Start {
            files = Map.copyOf(files);
        }
    }

    /** @param now no commit is later */
    public static void replay(
            CommitReader commits,
            FirstParentLine line,
            Layout layout,
            TrustedKeys keys,
            Instant now,
            ReplayObserver observer) {
        CommitReplay replay = CommitReplay.fromTheBeginning(commits, layout, keys, SignedPart.NONE, now, observer);
        new HistoryReplay(commits, line, layout, observer).run(replay, 0, line.commit(line.size() - 1));
    }

    /** The same from a start on, of a line with the commits behind it, of which there may be none. */
    public static void replayFrom(
            Start start,
            CommitReader commits,
            FirstParentLine line,
            Layout layout,
            TrustedKeys keys,
            Instant now,
            ReplayObserver observer) {
        CommitReplay replay = CommitReplay.after(start.checkpoint(), commits, layout, keys, now, observer);
        replay.states().keep(start.files());
        CommitId head = line.size() == 0 ? start.checkpoint().head() : line.commit(line.size() - 1);
        new HistoryReplay(commits, line, layout, observer).run(replay, start.commits(), head);
    }

    private void run(CommitReplay replay, int before, CommitId head) {
        boolean isTruncated = replayAll(replay, before);
        if (!isTruncated && !commits.isTruncated()) {
            observer.replayed(replay.checkpoint(head));
        }
        replay.completeFromFiles(Optional.empty(), head, isTruncated);
        observer.completed(replay.states().kept(), replay.window());
    }

    /** @param before the commits before the line: what is cut does not depend on where the replay started */
    private boolean replayAll(CommitReplay replay, int before) {
        boolean isTruncated = false;
        int passed = before;
        try (ReadAhead ahead =
                new ReadAhead(new LineReader(line, layout, replay.states(), observer.watched()), commits, before)) {
            while (ahead.hasNext()) {
                LineReader.Batch batch = ahead.next();
                isTruncated |= batch.isTruncated();
                for (LineCommit commit : batch.commits()) {
                    commit.read().ifPresent(replay::applyOrSkip);
                    observer.passed(commit.id(), commit.changesWatched());
                }
                passed += batch.commits().size();
                if (passed % COMMITS_KEPT == 0) {
                    commits.forget();
                    replay.records().forgetPast(PAST_KEPT);
                }
            }
        }
        return isTruncated;
    }
}
