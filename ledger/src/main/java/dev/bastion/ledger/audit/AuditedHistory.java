package dev.bastion.ledger.audit;

import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.grant.CommitId;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.history.HistoryReplay;
import dev.bastion.ledger.history.ServiceMessage;
import dev.bastion.ledger.history.SignedMessageReader;
import dev.bastion.ledger.history.SignedPart;
import dev.bastion.ledger.index.HistoryIndex;
import dev.bastion.ledger.index.IndexDraft;
import dev.bastion.ledger.index.IndexIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The history of one head, whose line of commits is known: all of it, or what follows on an index of the same clone. It answers
 * once.
 */
public final class AuditedHistory {
    /** How many commits are read before what is kept of them is dropped. */
    private static final int COMMITS_KEPT = 4096;

    /** So many new commits, or a twentieth of the others, are worth a new index. */
    private static final int MANY_NEW = 1000;

    private static final int PART_NEW = 20;

    private final CommitReader commits;
    private final FirstParentLine line;
    private final List<Optional<BlobId>> versions;
    private final Layout layout;
    private final TrustedKeys keys;
    private final Instant now;
    private final Optional<CommitId> notes;
    private final PolicyHistory policy;
    private final Optional<IndexIdentity> identity;
    private final Optional<HistoryIndex> place;
    private final Optional<AuditIndex> index;

    /** @param index the one that the line follows on; empty for the whole line */
    AuditedHistory(
            CommitReader commits,
            PolicyHistory policy,
            FirstParentLine line,
            List<Optional<BlobId>> versions,
            Layout layout,
            TrustedKeys keys,
            Instant now,
            Optional<CommitId> notes,
            Optional<IndexIdentity> identity,
            Optional<HistoryIndex> place,
            Optional<AuditIndex> index) {
        this.commits = commits;
        this.line = line;
        this.versions = versions;
        this.layout = layout;
        this.keys = keys;
        this.now = now;
        this.notes = notes;
        this.policy = policy;
        this.identity = identity;
        this.place = place;
        this.index = index;
    }

    /** How many commits are read from git; the others are known from an index. */
    public int commitsToRead() {
        return line.size();
    }

    /**
     * Whether any commit is the service's by its signature. Where none is, nothing tells an entry from a forged one.
     */
    public boolean isSigned() {
        if (index.filter(known -> known.checkpoint().signed().hasBegun()).isPresent()) {
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
        int known = index.map(AuditIndex::commits).orElse(0);
        boolean isWorthAnIndex = line.size() >= Math.min(MANY_NEW, Math.max(1, known / PART_NEW));
        Optional<IndexDraft> draft = isWorthAnIndex ? place.flatMap(HistoryIndex::draft) : Optional.empty();
        try (AuditIndexWriter writer = new AuditIndexWriter(sink, draft, identity, versions, known + line.size())) {
            AuditObserver observer = new AuditObserver(
                    commits,
                    policy,
                    now,
                    writer,
                    NoteIndex.read(commits, notes, keys, writer),
                    notes.isPresent(),
                    writer);
            index.ifPresentOrElse(before -> goOn(before, observer, writer), () -> {
                observer.begin(line.commit(0));
                HistoryReplay.replay(commits, line, layout, keys, now, observer);
            });
            observer.finish();
        }
    }

    private void goOn(AuditIndex before, AuditObserver observer, AuditSink sink) {
        observer.resume(before.state());
        before.tell(sink);
        HistoryReplay.replayFrom(before.start(), commits, line, layout, keys, now, observer);
    }
}
