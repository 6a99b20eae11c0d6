package dev.bastion.ledger.audit;

import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.grant.CommitId;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.history.HistoryReplay;
import dev.bastion.ledger.history.ServiceMessage;
import dev.bastion.ledger.history.SignedMessageReader;
import dev.bastion.ledger.history.SignedPart;
import dev.bastion.ledger.index.HistoryIndex;
import dev.bastion.ledger.index.IndexDraft;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The history of one head, whose line of commits is known: all of it, or what follows on an index of the same clone. It answers
 * once.
 */
public final class AuditedHistory {
    /** How many commits are read before what is kept of them is dropped. */
    private static final int COMMITS_KEPT = 4096;

    private final CommitReader commits;
    private final PolicyHistory policy;
    private final FirstParentLine line;
    private final Layout layout;
    private final TrustedKeys keys;
    private final Instant now;
    private final Optional<CommitId> notes;
    private final Optional<NewIndex> place;
    private final AuditIndex.Known known;
    private final boolean isKnownSigned;

    /** The index that is written of a reading. */
    record NewIndex(HistoryIndex place, AuditIndexWriter.Reading reading) {}

    /**
     * @param place empty to write none
     * @param known of the commits before the line
     * @param isKnownSigned whether any of them is the service's by its signature
     */
    AuditedHistory(
            CommitReader commits,
            PolicyHistory policy,
            FirstParentLine line,
            Layout layout,
            TrustedKeys keys,
            Instant now,
            Optional<CommitId> notes,
            Optional<NewIndex> place,
            AuditIndex.Known known,
            boolean isKnownSigned) {
        this.commits = commits;
        this.policy = policy;
        this.line = line;
        this.layout = layout;
        this.keys = keys;
        this.now = now;
        this.notes = notes;
        this.place = place;
        this.known = known;
        this.isKnownSigned = isKnownSigned;
    }

    /** How many commits are read from git; the others are known from an index. */
    public int commitsToRead() {
        return line.size();
    }

    /**
     * Whether any commit is the service's by its signature. Where none is, nothing tells an entry from a forged one.
     */
    public boolean isSigned() {
        if (isKnownSigned) {
            return true;
        }
        SignedMessageReader messages = new SignedMessageReader(commits, layout, keys);
        for (int at = line.size() - 1; at >= 0; at--) {
            if (!(messages.read(commits.commit(line.commit(at)), SignedPart.NONE) instanceof ServiceMessage.Nothing)) {
                return true;
            }
            if (at % COMMITS_KEPT == 0) {
                commits.forget();
            }
        }
        return false;
    }

    /**
     * Reads the history.
     *
     * @throws dev.bastion.ledger.git.object.CloneBroken when the clone lacks an object
     * @throws dev.bastion.ledger.git.UnreadableClone when it lacks the notes that an entry names
     */
    public void read(AuditSink sink) {
        switch (known) {
            case AuditIndex.Known.Whole whole -> whole.tell(sink);
            case AuditIndex.Known.Part part ->
                replay(sink, observer -> {
                    observer.resume(part.state());
                    part.tell(observer.sink());
                    HistoryReplay.replayFrom(part.start(), commits, line, layout, keys, now, observer);
                });
            case AuditIndex.Known.Nothing _ ->
                replay(sink, observer -> {
                    observer.begin(line.commit(0));
                    HistoryReplay.replay(commits, line, layout, keys, now, observer);
                });
        }
    }

    /** Reads commits, and writes an index of them where one can be written. */
    private void replay(AuditSink sink, Consumer<AuditObserver> work) {
        Optional<IndexDraft> draft = place.flatMap(index -> index.place().draft());
        if (draft.isEmpty()) {
            replay(sink, Optional.empty(), work);
            return;
        }
        try (AuditIndexWriter writer =
                new AuditIndexWriter(sink, draft.get(), place.orElseThrow().reading())) {
            replay(writer, Optional.of(writer), work);
        }
    }

    private void replay(AuditSink sink, Optional<AuditIndexWriter> writer, Consumer<AuditObserver> work) {
        NoteIndex byRequest = NoteIndex.read(commits, notes, keys, sink);
        AuditObserver observer = new AuditObserver(commits, policy, now, sink, byRequest, notes.isPresent(), writer);
        work.accept(observer);
        observer.finish();
    }
}
