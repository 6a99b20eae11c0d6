package dev.bastion.ledger.audit;

import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.audit.EndedRequest;
import dev.bastion.access.audit.PolicyChange;
import dev.bastion.access.audit.Proved;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.git.NotesClone;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FileVersion;
import dev.bastion.ledger.history.Checkpoint;
import dev.bastion.ledger.history.ReplayObserver;
import dev.bastion.ledger.history.TimeWindow;
import dev.bastion.ledger.index.IndexOutput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The observer who turns commits into grants, requests and policy changes. */
final class AuditObserver implements ReplayObserver {
    private final CommitReader commits;
    private final PolicyHistory policy;
    private final GrantCollector grants;
    private final Instant now;
    private final AuditSink sink;
    private final NoteIndex notes;
    private final boolean hasNotes;
    private final Optional<AuditIndexWriter> index;
    private Optional<CommitId> named = Optional.empty();
    private TimeWindow window = TimeWindow.ALWAYS;
    private @Nullable CommitId first;

    /** @param hasNotes whether the clone has any */
    AuditObserver(
            CommitReader commits,
            PolicyHistory policy,
            Instant now,
            AuditSink sink,
            NoteIndex notes,
            boolean hasNotes,
            Optional<AuditIndexWriter> index) {
        this.commits = commits;
        this.policy = policy;
        this.grants = new GrantCollector(sink, policy::inForce, new MergedProposals(commits));
        this.now = now;
        this.sink = sink;
        this.notes = notes;
        this.hasNotes = hasNotes;
        this.index = index;
    }

    /** The receiver of what the history says. */
    AuditSink sink() {
        return sink;
    }

    /** Begins with the first commit of a history. */
    void begin(CommitId first) {
        advancePolicy(first);
        this.first = first;
    }

    /** Goes on where another observer was, with the policy that was in force there. */
    void resume(AuditState state) {
        named = state.named();
        grants.resume(state);
    }

    /** Writes the state, which goes on to change. */
    void write(IndexOutput out) {
        grants.state(named).write(policy, out);
    }

    @Override
    public void moved(Move move) {
        grants.moved(move);
        move.after().history().open().ifPresent(this::addNotes);
    }

    private void addNotes(Grant grant) {
        notes.take(grant.request()).forEach(note -> grants.observed(note.commit(), note.fact()));
    }

    @Override
    public void notesNamed(CommitId head) {
        named = Optional.of(head);
    }

    @Override
    public void observed(CommitId commit, Observation observation) {
        EndedRequest.of(new Proved<>(observation, commit))
                .ifPresentOrElse(sink::endedRequest, () -> grants.observed(commit, observation));
    }

    @Override
    public void unsignedEntry(CommitId commit) {
        sink.unsignedEntry(commit);
    }

    @Override
    public List<String> watched() {
        return policy.files();
    }

    @Override
    public void passed(CommitId commit, boolean changedWatched) {
        requireNotes();
        if (changedWatched && !commit.equals(first)) {
            advancePolicy(commit);
        }
    }

    private void requireNotes() {
        if (named.isPresent() && !hasNotes) {
            throw NotesClone.missing();
        }
    }

    @Override
    public void replayed(Checkpoint checkpoint) {
        index.ifPresent(writer -> writer.replayed(checkpoint, this));
    }

    @Override
    public void completed(Map<FileVersion, FileState> files, TimeWindow ofReplay) {
        index.ifPresent(writer -> writer.completed(files, ofReplay.and(window)));
    }

    void finish() {
        requireNotes();
        named.filter(head -> !commits.has(head)).ifPresent(head -> {
            throw NotesClone.incomplete(head);
        });
        grants.finish();
        index.ifPresent(AuditIndexWriter::finish);
    }

    private void advancePolicy(CommitId commit) {
        policy.advance(commit).ifPresent(change -> sink.policyChange(changeOf(commits.commit(commit), change)));
    }

    private PolicyChange changeOf(Commit commit, PolicyHistory.Change change) {
        Person author = Person.of(Person.idFor(commit.authorEmail()), commit.authorName());
        String subject = commit.message().lines().findFirst().orElse("");
        window = window.and(TimeWindow.ofTimeUpTo(now, commit.at()));
        return new PolicyChange(
                commit.id(),
                Timestamps.wholeSeconds(Timestamps.earlier(commit.at(), now)),
                author,
                subject,
                change.files(),
                change.isValid());
    }
}
