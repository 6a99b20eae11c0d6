package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.observation.ObservationKind;
import dev.bastion.ledger.entry.ObservationMessageParser;
import dev.bastion.ledger.git.NotesClone;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.history.NoteLineReader;
import dev.bastion.ledger.history.SignedPart;
import dev.bastion.ledger.verification.LedgerFinding.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The verification of the notes: that the service made each commit of their line, that each adds the one note that its message
 * says, on the commit that opened the grant, and that none is missing which an entry of the branch names.
 */
final class NoteVerifier {
    private static final Set<ObservationKind> OF_GRANTS =
            EnumSet.of(ObservationKind.READY, ObservationKind.GONE, ObservationKind.SESSIONS);

    /** A note and the commit of the notes that added it. */
    private record Note(CommitId addedBy, Observation observation) {
        boolean isOfGrant() {
            return OF_GRANTS.contains(observation.kind());
        }
    }

    /** What became of the note of one commit. */
    private record Change(String what, Optional<BlobId> blob) {}

    private final FindingList findings;
    private final NoteLineReader reader;
    /** Behind every commit of the branch. */
    private final int place;

    private final Map<CommitId, List<Note>> byCommit = new HashMap<>();
    private final Set<CommitId> line = new HashSet<>();
    private final Map<CommitId, CommitId> named = new LinkedHashMap<>();
    private int count;

    /** @param place the number of commits of the branch */
    NoteVerifier(TrustedKeys keys, FindingList findings, int place) {
        this.findings = findings;
        this.reader = new NoteLineReader(keys, SignedPart.NONE, Optional.empty());
        this.place = place;
    }

    /** Reads the notes, before the branch. */
    void read(CommitReader commits, CommitId head) {
        FirstParentLine all = commits.line(head, "");
        for (int i = 0; i < all.size(); i++) {
            Commit commit = commits.commit(all.commit(i));
            line.add(commit.id());
            if (reader.accept(commit)) {
                ofTheService(commits, commit);
            } else {
                add(
                        Kind.NOTES_CHANGED,
                        commit.id(),
                        "is pushed to " + NotesClone.REF + " by somebody else, and counts for nothing: "
                                + changesText(commits, commits.firstParent(commit.id()), commit.id()));
            }
            commits.forget();
        }
    }

    private void ofTheService(CommitReader commits, Commit commit) {
        List<CommitId> parents = commits.parents(commit.id());
        if (parents.size() > 1) {
            add(
                    Kind.NOTES_CHANGED,
                    parents.get(1),
                    "was the head of " + NotesClone.REF + " before the service restored its notes: "
                            + changesText(commits, Optional.of(parents.getFirst()), parents.get(1)));
        }
        Map<String, Change> added = changes(commits, parents.stream().findFirst(), commit.id());
        Optional<Observation> observation = ObservationMessageParser.read(commit.message());
        if (observation.isEmpty() ? !added.isEmpty() : !isNote(commits, added, commit.message())) {
            add(Kind.ENTRY_CONTRADICTED, commit.id(), "adds other notes than its message says");
            return;
        }
        observation.ifPresent(found -> {
            count++;
            String on = added.keySet().iterator().next();
            if (on.matches("[0-9a-f]{40}")) {
                byCommit.computeIfAbsent(new CommitId(on), _ -> new ArrayList<>(2))
                        .add(new Note(commit.id(), found));
            }
        });
    }

    /** Whether one note differs, and ends with the message. */
    private static boolean isNote(CommitReader commits, Map<String, Change> differ, String message) {
        return differ.size() == 1
                && differ.values().iterator().next().blob().flatMap(commits::content).stream()
                        .anyMatch(text -> new String(text, StandardCharsets.UTF_8).endsWith(message));
    }

    /** The notes that differ, by the commit that each is on. */
    private static Map<String, Change> changes(CommitReader commits, Optional<CommitId> before, CommitId now) {
        Map<String, String> old = new HashMap<>();
        Map<String, Change> differ = new LinkedHashMap<>();
        // a directory with many notes is divided, which changes paths alone
        before.ifPresent(known -> commits.changes(Optional.of(now), known, "")
                .forEach(file -> file.blob().ifPresent(blob -> old.put(on(file.path()), blob.value()))));
        commits.changes(before, now, "")
                .forEach(file -> file.blob().ifPresent(blob -> {
                    String known = old.remove(on(file.path()));
                    if (!blob.value().equals(known)) {
                        differ.put(on(file.path()), new Change(known == null ? "added" : "changed", file.blob()));
                    }
                }));
        old.keySet().forEach(path -> differ.put(path, new Change("removed", Optional.empty())));
        return differ;
    }

    private static String on(String path) {
        return path.replace("/", "");
    }

    private static String changesText(CommitReader commits, Optional<CommitId> before, CommitId now) {
        Map<String, Change> differ = changes(commits, before, now);
        List<String> texts = new ArrayList<>();
        differ.entrySet().stream()
                .limit(3)
                .forEach(note -> texts.add("the note on " + note.getKey() + " is "
                        + note.getValue().what()));
        return texts.isEmpty()
                ? "it changes no note"
                : String.join(", ", texts) + (differ.size() > 3 ? " and " + (differ.size() - 3) + " more" : "");
    }

    /** Compares the notes on a commit of the branch with what the commit opened. */
    void passed(CommitId commit, EnvironmentTracks environments) {
        List<Note> notes = byCommit.remove(commit);
        if (notes != null) {
            notes.stream()
                    .filter(Note::isOfGrant)
                    .filter(note -> environments
                            .historyOf(note.observation().subject().environment())
                            .open()
                            .filter(grant -> grant.openedBy().equals(commit))
                            .filter(grant -> grant.request()
                                    .equals(note.observation().subject().request()))
                            .isEmpty())
                    .forEach(note -> misplaced(note, commit));
        }
    }

    private void misplaced(Note note, CommitId commit) {
        add(
                Kind.NOTE_MISPLACED,
                note.addedBy(),
                "adds a note \"" + note.observation().kind().word() + "\" to " + commit
                        + ", which did not open the grant of request "
                        + note.observation().subject().request());
    }

    /** Notes that an entry names a head of the notes. */
    void named(CommitId head, CommitId entry) {
        named.putIfAbsent(head, entry);
    }

    boolean isAnyNamed() {
        return !named.isEmpty();
    }

    /** Finds what is missing, after the branch. */
    void finish() {
        byCommit.forEach((commit, notes) -> notes.forEach(note -> misplaced(note, commit)));
        named.forEach((head, entry) -> {
            if (!line.contains(head)) {
                findings.add(
                        Kind.NOTES_MISSING,
                        entry,
                        place + line.size(),
                        "names notes up to " + head + ", which are not there: they were dropped, or not fetched ("
                                + NotesClone.FETCH + ")");
            }
        });
    }

    /** How many notes count. */
    int count() {
        return count;
    }

    private void add(Kind kind, CommitId commit, String what) {
        findings.add(kind, commit, place + line.size(), what);
    }
}
