package dev.bastion.ledger.audit;

import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.audit.EndedRequest;
import dev.bastion.access.audit.GrantRecord;
import dev.bastion.access.audit.PolicyChange;
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
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sink that writes what commits said into a new index, beside the one that answers the question. What is said of the end of
 * the history is not written: it may be otherwise after the next commit.
 */
final class AuditIndexWriter implements AuditSink, AutoCloseable {
    private final AuditSink answer;
    private final Optional<IndexDraft> draft;
    private final Optional<IndexIdentity> identity;
    private final List<Optional<BlobId>> versions;
    private final int commits;
    private final ByteArrayOutputStream observer = new ByteArrayOutputStream();
    private TimeWindow window = TimeWindow.ALWAYS;
    private boolean isEnd;
    private @Nullable Checkpoint checkpoint;

    /**
     * @param draft empty where no index is written
     * @param versions those of {@code ledger.yaml}, newest first
     * @param commits how many the history has
     */
    AuditIndexWriter(
            AuditSink answer,
            Optional<IndexDraft> draft,
            Optional<IndexIdentity> identity,
            List<Optional<BlobId>> versions,
            int commits) {
        this.answer = answer;
        this.draft = draft.filter(_ -> identity.isPresent());
        this.identity = identity;
        this.versions = versions;
        this.commits = commits;
    }

    @Override
    public void grant(GrantRecord grant) {
        events().ifPresent(out -> {
            out.number(AuditIndex.GRANT);
            AuditValues.write(grant, out);
        });
        answer.grant(grant);
    }

    @Override
    public void endedRequest(EndedRequest request) {
        events().ifPresent(out -> {
            out.number(AuditIndex.ENDED_REQUEST);
            AuditValues.write(request, out);
        });
        answer.endedRequest(request);
    }

    @Override
    public void policyChange(PolicyChange change) {
        events().ifPresent(out -> {
            out.number(AuditIndex.POLICY_CHANGE);
            AuditValues.write(change, out);
        });
        answer.policyChange(change);
    }

    private Optional<IndexOutput> events() {
        return draft.filter(_ -> !isEnd).map(IndexDraft::events);
    }

    /** Takes the state after the last commit, which goes on to change. */
    void replayed(Checkpoint known, TimeWindow ofPolicies, AuditObserver state) {
        events().ifPresent(out -> {
            out.number(AuditIndex.END);
            isEnd = true;
            checkpoint = known;
            window = known.window().and(ofPolicies);
            IndexOutput values = new IndexOutput(observer);
            state.write(values);
            values.flush();
        });
    }

    /** Puts the index in its place. */
    void completed(Map<FileVersion, FileState> files) {
        Checkpoint known = checkpoint;
        if (known != null) {
            draft.ifPresent(index -> index.keep(out -> {
                out.text(identity.orElseThrow().value());
                out.number(commits);
                CheckpointValues.writeVersions(versions, out);
                out.moment(window.from());
                out.moment(window.until());
                CheckpointValues.write(known, out);
                out.block(observer.toByteArray());
                CheckpointValues.writeFiles(files, out);
            }));
        }
    }

    @Override
    public void close() {
        draft.ifPresent(IndexDraft::close);
    }
}
