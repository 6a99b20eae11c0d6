package dev.bastion.ledger.write;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.entry.ObservationMessageParser;
import dev.bastion.ledger.git.NotesClone;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.history.NoteLineReader;
import dev.bastion.ledger.history.RecordedObservations;
import dev.bastion.ledger.history.SignedPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The notes as last read.
 *
 * @param tip the newest commit that counts
 * @param remote the head of the remote's ref; another one than the tip where others pushed, or moved it back
 */
record NoteState(
        Optional<CommitId> tip, Optional<CommitId> remote, SignedPart part, RecordedObservations observations) {
    /** Nothing was read yet. */
    static final NoteState UNREAD =
            new NoteState(Optional.empty(), Optional.empty(), SignedPart.NONE, RecordedObservations.NONE);

    /** More than the observations that are remembered. */
    private static final int MOST_READ = 50_000;

    /** Commits from a head down to the newest one that is known, oldest first. */
    private record Newer(boolean reachesTip, List<CommitId> commits) {}

    boolean isChangedByOthers() {
        return !tip.equals(remote);
    }

    boolean has(Observation observation) {
        return observations.has(observation);
    }

    NoteState with(CommitId commit, Instant at) {
        return new NoteState(Optional.of(commit), remote, part.with(commit, at), observations);
    }

    NoteState with(Observation observation) {
        RecordedObservations.Builder all = new RecordedObservations.Builder(observations);
        all.add(observation);
        return new NoteState(tip, remote, part, all.build());
    }

    /** The state once the remote has its tip. */
    NoteState pushed() {
        return new NoteState(tip, tip, part, observations);
    }

    /** The state with a head of the remote. */
    NoteState read(NotesClone clone, Optional<CommitId> head, TrustedKeys keys) {
        if (head.isEmpty() || head.equals(remote)) {
            return new NoteState(tip, head, part, observations);
        }
        try (CommitReader commits = clone.commits()) {
            Newer newer = newer(commits, head.get());
            return newer.reachesTip() || isMergedBy(head.get(), commits, keys)
                    ? goOn(newer.commits(), head, commits, keys)
                    : new NoteState(tip, head, part, observations);
        }
    }

    private Newer newer(CommitReader commits, CommitId head) {
        List<CommitId> newestFirst = new ArrayList<>();
        Optional<CommitId> at = Optional.of(head);
        while (at.isPresent() && !at.equals(tip) && newestFirst.size() < MOST_READ) {
            newestFirst.add(at.get());
            at = commits.firstParent(at.get());
        }
        return new Newer(tip.isEmpty() || at.equals(tip), newestFirst.reversed());
    }

    /** Whether another process of the service merged the tip into its own line. */
    private boolean isMergedBy(CommitId head, CommitReader commits, TrustedKeys keys) {
        return new NoteLineReader(keys, part, tip).isTrusted(commits.commit(head))
                && tip.filter(known -> commits.ancestry().isDescendant(head, known))
                        .isPresent();
    }

    private NoteState goOn(
            List<CommitId> oldestFirst, Optional<CommitId> head, CommitReader commits, TrustedKeys keys) {
        NoteLineReader line = new NoteLineReader(keys, part, tip);
        RecordedObservations.Builder all = new RecordedObservations.Builder(observations);
        for (CommitId id : oldestFirst) {
            Commit commit = commits.commit(id);
            if (line.accept(commit)) {
                ObservationMessageParser.read(commit.message()).ifPresent(all::add);
            }
        }
        return new NoteState(line.tip(), head, line.part(), all.build());
    }
}
