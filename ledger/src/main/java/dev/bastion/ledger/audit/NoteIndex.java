package dev.bastion.ledger.audit;

import dev.bastion.access.audit.AuditSink;
import dev.bastion.access.audit.EndedRequest;
import dev.bastion.access.audit.Proved;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.entry.ObservationMessageParser;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.history.NoteLineReader;
import dev.bastion.ledger.history.RecordedObservations;
import dev.bastion.ledger.history.SignedPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The notes that count, by the request that each is about. It holds ids alone: a history of any length has many. */
final class NoteIndex {
    private static final int COMMITS_KEPT = 4096;

    private final CommitReader commits;
    private final Map<RequestId, List<CommitId>> byRequest = new HashMap<>();

    private NoteIndex(CommitReader commits) {
        this.commits = commits;
    }

    /**
     * Reads the notes.
     *
     * @param head the head of their ref; empty for none
     * @param requests receives the requests that opened nothing
     */
    static NoteIndex read(CommitReader commits, Optional<CommitId> head, TrustedKeys keys, AuditSink requests) {
        NoteIndex index = new NoteIndex(commits);
        head.ifPresent(newest -> index.readLine(commits.line(newest, ""), keys, requests));
        return index;
    }

    private void readLine(FirstParentLine line, TrustedKeys keys, AuditSink requests) {
        NoteLineReader reader = new NoteLineReader(keys, SignedPart.NONE, Optional.empty());
        RecordedObservations.Builder seen = new RecordedObservations.Builder(RecordedObservations.NONE);
        for (int place = 0; place < line.size(); place++) {
            Commit commit = commits.commit(line.commit(place));
            if (reader.accept(commit)) {
                ObservationMessageParser.read(commit.message()).ifPresent(found -> add(found, commit, seen, requests));
            }
            if (place % COMMITS_KEPT == COMMITS_KEPT - 1) {
                commits.forget();
            }
        }
    }

    private void add(Observation found, Commit commit, RecordedObservations.Builder seen, AuditSink requests) {
        if (!seen.has(found)) {
            seen.add(found);
            EndedRequest.of(new Proved<>(found, commit.id()))
                    .ifPresentOrElse(
                            requests::endedRequest,
                            () -> byRequest
                                    .computeIfAbsent(found.subject().request(), _ -> new ArrayList<>(2))
                                    .add(commit.id()));
        }
    }

    /** Removes the notes of a grant. */
    Stream<Proved<Observation>> take(RequestId request) {
        List<CommitId> notes = byRequest.remove(request);
        return (notes == null ? List.<CommitId>of() : notes)
                .stream()
                        .flatMap(note ->
                                ObservationMessageParser.read(
                                        commits.commit(note).message())
                                        .map(found -> new Proved<>(found, note))
                                        .stream());
    }
}
