package dev.bastion.ledger.audit;

import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.audit.EndedRequest;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.audit.PolicyChange;
import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.FileVersion;
import dev.bastion.ledger.history.Checkpoint;
import dev.bastion.ledger.history.TimeWindow;
import dev.bastion.ledger.index.AuditValues;
import dev.bastion.ledger.index.CheckpointValues;
import dev.bastion.ledger.index.IndexDraft;
import dev.bastion.ledger.index.IndexIdentity;
import dev.bastion.ledger.index.IndexOutput;
import dev.bastion.ledger.index.IndexSection;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The sink that writes what a history says into a new index, beside the one that answers the question. */
final class AuditIndexWriter implements AuditSink, AutoCloseable {
    private final AuditSink answer;
    private final IndexDraft draft;
    private final Reading reading;
    private IndexOutput events;
    private @Nullable AtLastCommit atLastCommit;
    private @Nullable AtEnd atEnd;

    /**
     * What is known of the reading before it begins.
     *
     * @param commits how many the history has
     * @param versions those of {@code ledger.yaml}, newest first
     */
    record Reading(IndexIdentity identity, int commits, Optional<CommitId> notes, List<Optional<BlobId>> versions) {}

    /** The state after the last commit, of which the observer's goes on to change. */
    private record AtLastCommit(Checkpoint checkpoint, ByteArrayOutputStream observer) {}

    /** @param window when another reading has the same result */
    private record AtEnd(Map<FileVersion, FileState> files, TimeWindow window) {}

    AuditIndexWriter(AuditSink answer, IndexDraft draft, Reading reading) {
        this.answer = answer;
        this.draft = draft;
        this.reading = reading;
        this.events = draft.begin(IndexSection.EVENTS);
    }

    @Override
    public void grant(GrantRecord grant) {
        write(AuditIndex.GRANT, grant, AuditValues::write);
        answer.grant(grant);
    }

    @Override
    public void endedRequest(EndedRequest request) {
        write(AuditIndex.ENDED_REQUEST, request, AuditValues::write);
        answer.endedRequest(request);
    }

    @Override
    public void policyChange(PolicyChange change) {
        write(AuditIndex.POLICY_CHANGE, change, AuditValues::write);
        answer.policyChange(change);
    }

    @Override
    public void unsignedEntry(CommitId commit) {
        write(AuditIndex.UNSIGNED_ENTRY, commit, (event, out) -> out.commit(event));
        answer.unsignedEntry(commit);
    }

    private <T> void write(int kind, T event, BiConsumer<T, IndexOutput> writer) {
        events.number(kind);
        writer.accept(event, events);
    }

    /** Takes the state after the last commit. What is said from now on is said of the end of the history. */
    void replayed(Checkpoint checkpoint, AuditObserver observer) {
        events.number(AuditIndex.END);
        events = draft.begin(IndexSection.REST);
        ByteArrayOutputStream state = new ByteArrayOutputStream();
        IndexOutput values = new IndexOutput(state);
        observer.write(values);
        values.flush();
        atLastCommit = new AtLastCommit(checkpoint, state);
    }

    void completed(Map<FileVersion, FileState> files, TimeWindow window) {
        atEnd = new AtEnd(files, window);
    }

    /** Puts the index in its place. A reading that did not come to its end has none. */
    void finish() {
        AtLastCommit last = atLastCommit;
        AtEnd end = atEnd;
        if (last != null && end != null) {
            events.number(AuditIndex.END);
            IndexOutput state = draft.begin(IndexSection.STATE);
            CheckpointValues.write(last.checkpoint(), state);
            state.block(last.observer().toByteArray());
            CheckpointValues.writeFiles(end.files(), state);
            new AuditIndex.Summary(
                            reading.identity(),
                            reading.commits(),
                            last.checkpoint().head(),
                            reading.notes(),
                            reading.versions(),
                            end.window(),
                            last.checkpoint().signed().hasBegun())
                    .write(draft.begin(IndexSection.SUMMARY));
            draft.keep();
        }
    }

    @Override
    public void close() {
        draft.close();
    }
}
