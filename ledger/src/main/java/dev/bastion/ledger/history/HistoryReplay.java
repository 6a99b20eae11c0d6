package dev.bastion.ledger.history;

import dev.bastion.layout.Layout;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.git.signature.TrustedKeys;
import java.time.Instant;
import java.util.Optional;

/**
 * The replay of a whole history for an observer, commit by commit. It understands commits as {@link LedgerStateReader} does, and
 * keeps only what is open and the ended grants that were last.
 */
public final class HistoryReplay {
    /** How many batches are read before what is kept of them is cut. */
    private static final int BATCHES_KEPT = 32;

    /** The ended grants of each environment that an entry can still be about. */
    private static final int PAST_KEPT = 500;

    private HistoryReplay() {}

    /** @param now no commit is later */
    public static void replay(
            CommitReader commits,
            FirstParentLine line,
            Layout layout,
            TrustedKeys keys,
            Instant now,
            ReplayObserver observer) {
        CommitReplay replay = CommitReplay.fromTheBeginning(commits, layout, keys, SignedPart.NONE, now, observer);
        boolean isTruncated = false;
        try (ReadAhead ahead =
                new ReadAhead(new LineReader(line, layout, replay.states(), observer.watched()), commits)) {
            for (int taken = 1; ahead.hasNext(); taken++) {
                LineReader.Batch batch = ahead.next();
                isTruncated |= batch.isTruncated();
                for (LineCommit commit : batch.commits()) {
                    commit.read().ifPresent(replay::applyOrSkip);
                    observer.passed(commit.id(), commit.changesWatched());
                }
                if (taken % BATCHES_KEPT == 0) {
                    commits.forget();
                    replay.records().forgetPast(PAST_KEPT);
                }
            }
        }
        replay.completeFromFiles(Optional.empty(), line.commit(line.size() - 1), isTruncated);
    }
}
