package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.entry.CommitMessage;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FirstParentLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The reader of a part of a first-parent line, with all that does not depend on the commits before it: signatures, messages, and
 * which files changed.
 *
 * @param states what it parses of files, for the replay
 * @param watched the files that an observer watches
 */
record LineReader(FirstParentLine line, Layout layout, FileStates states, List<String> watched) {
    private static final String MARKER = CommitMessage.ACTION + ": ";

    /**
     * What one reader read.
     *
     * @param isTruncated whether a commit had more files than are read
     */
    record Batch(List<LineCommit> commits, boolean isTruncated) {}

    /** Reads from an index on. Each batch has a reader of its own, so that its limits count for these commits alone. */
    Batch read(CommitReader clone, int from, int to) {
        try (CommitReader commits = clone.newReader(line, from, to)) {
            List<LineCommit> read = new ArrayList<>(to - from);
            String directory = layout.directory();
            for (int index = from; index < to; index++) {
                read.add(read(commits, line.commit(index), directory));
            }
            return new Batch(read, commits.isTruncated());
        }
    }

    private LineCommit read(CommitReader commits, CommitId id, String directory) {
        AtomicReference<Optional<ReadCommit>> read = new AtomicReference<>(Optional.empty());
        commits.concerning(id, directory, MARKER)
                .ifPresent(commit -> CommitReplay.skipOnFailure(commit, () -> {
                    read.set(Optional.of(ReadCommit.of(commit, commits, layout)));
                    commit.changed().stream()
                            .filter(file -> layout.environmentAt(file.path()).isPresent())
                            .forEach(file -> states.of(file, commits));
                }));
        return new LineCommit(
                id, Objects.requireNonNull(read.get()), !watched.isEmpty() && commits.changedAny(id, watched));
    }
}
