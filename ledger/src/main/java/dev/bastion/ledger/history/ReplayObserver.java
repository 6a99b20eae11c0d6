package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Person;
import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.git.object.FileVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The observer of a replay, who sees what each commit of the first-parent line did, oldest first. */
public interface ReplayObserver {
    /** Sees nothing. */
    ReplayObserver NONE = new ReplayObserver() {
        @Override
        public void moved(Move move) {}

        @Override
        public void observed(CommitId commit, Observation observation) {}

        @Override
        public void notesNamed(CommitId head) {}

        @Override
        public List<String> watched() {
            return List.of();
        }

        @Override
        public void passed(CommitId commit, boolean changedWatched) {}

        @Override
        public void replayed(Checkpoint checkpoint) {}

        @Override
        public void completed(Map<FileVersion, FileState> files, TimeWindow window) {}
    };

    /**
     * A commit that moved one environment.
     *
     * @param at its time, as far as it is possible
     * @param by who made it, where a person did
     * @param entry what the service says of it; empty for a manual edit, and for a merged proposal
     */
    record Move(
            CommitId commit,
            Instant at,
            Optional<Person> by,
            Optional<LedgerEntry> entry,
            EnvironmentRecord before,
            EnvironmentRecord after) {}

    void moved(Move move);

    /** An observation that counts: the first of its kind for a request. */
    void observed(CommitId commit, Observation observation);

    /** An entry that names the head of the notes, which have the ledger's observations. */
    void notesNamed(CommitId head);

    /** A commit of the signed part whose message has the form of an entry, and which is none of the service's. */
    default void unsignedEntry(CommitId commit) {}

    /** The files whose changes it is told of. */
    List<String> watched();

    /**
     * A commit of the first-parent line, after all that it did.
     *
     * @param changedWatched whether it changed any of {@link #watched}
     */
    void passed(CommitId commit, boolean changedWatched);

    /**
     * The end of all commits, before the files at the head complete the histories; left out where a commit had more files than
     * are read.
     */
    void replayed(Checkpoint checkpoint);

    /**
     * The end of all.
     *
     * @param files the states of the versions of files that were asked for last, those at the head among them
     * @param window when another reading of the same commits and files has the same result
     */
    void completed(Map<FileVersion, FileState> files, TimeWindow window);
}
