package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.entry.CommitMessage;
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
    /** How many commits are read before what is kept of them is cut. */
    private static final int COMMITS_KEPT = 4096;

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
        for (int index = 0; index < line.size(); index++) {
            CommitId commit = line.commit(index);
            commits.concerning(commit, layout.directory(), CommitMessage.ACTION + ": ")
                    .ifPresent(replay::applyOrSkip);
            observer.passed(commit);
            if (index % COMMITS_KEPT == COMMITS_KEPT - 1) {
                commits.forget();
                replay.forgetPast(PAST_KEPT);
            }
        }
        replay.completeFromFiles(Optional.empty(), line.commit(line.size() - 1));
    }
}
