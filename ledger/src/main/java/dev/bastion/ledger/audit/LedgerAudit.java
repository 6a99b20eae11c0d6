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
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.git.NotesClone;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.git.signature.AllowedSigners;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.history.HistoryReplay;
import dev.bastion.ledger.history.ReplayObserver;
import dev.bastion.ledger.history.ServiceMessage;
import dev.bastion.ledger.history.SignedMessageReader;
import dev.bastion.ledger.history.SignedPart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The reading of a ledger's whole history, offline, from a clone. It keeps what is open, and what the service may still write an
 * observation of; a history of any length takes little more memory than the ids of its commits.
 */
public final class LedgerAudit {
    /** The commits that are kept from the reading of the line until they are replayed: about 150,000. */
    private static final long MOST_KEPT_BYTES = 96L * 1024 * 1024;

    /** How many commits are read before what is kept of them is dropped. */
    private static final int COMMITS_KEPT = 4096;

    private final CommitReader commits;
    private final FileParsers parsers;
    private final String environments;

    /** @param environments the directory of all environments, like {@code environments} */
    public LedgerAudit(CommitReader commits, FileParsers parsers, String environments) {
        this.commits = commits;
        this.parsers = parsers;
        this.environments = environments;
    }

    /** The keys that the repository itself lists at a commit: its writers choose them. */
    public AllowedSigners ownSigners(CommitId head) {
        return commits.file(head, environments + "/allowed_signers")
                .flatMap(commits::content)
                .map(content -> AllowedSigners.parse(new String(content, StandardCharsets.UTF_8)))
                .orElse(AllowedSigners.NOBODY);
    }

    /**
     * Reads the history of a head.
     *
     * @param notes the head of the clone's notes; empty where it has none
     * @param signers the keys whose signatures count; without any, entries count by their form
     * @param now no commit is later
     * @throws dev.bastion.ledger.git.object.CloneBroken when the clone lacks an object
     * @throws dev.bastion.ledger.git.UnreadableClone when it lacks the notes that an entry names
     */
    public void read(CommitId head, Optional<CommitId> notes, AllowedSigners signers, Instant now, AuditSink sink) {
        read(head, notes, TrustedKeys.ofReader(signers), now, sink);
    }

    /** The same, where a key counts for the service's address alone. */
    public void read(CommitId head, Optional<CommitId> notes, TrustedKeys keys, Instant now, AuditSink sink) {
        // a small heap is for the index of a long history's pack, which JGit holds in memory
        long keptBytes = Math.min(MOST_KEPT_BYTES, Runtime.getRuntime().maxMemory() / 32);
        FirstParentLine line = commits.line(head, Layout.FILE, keptBytes);
        Observer observer =
                new Observer(line.commit(0), now, sink, NoteIndex.read(commits, notes, keys, sink), notes.isPresent());
        HistoryReplay.replay(commits, line, layout(line), keys, now, observer);
        observer.finish();
    }

    /**
     * Whether any commit up to a head is the service's by its signature. Where none is, nothing tells an entry from a forged
     * one.
     */
    public boolean isSigned(CommitId head, TrustedKeys keys) {
        FirstParentLine line = commits.line(head, Layout.FILE);
        SignedMessageReader messages = new SignedMessageReader(commits, layout(line), keys);
        for (int index = line.size() - 1; index >= 0; index--) {
            if (!(messages.read(commits.commit(line.commit(index)), SignedPart.NONE)
                    instanceof ServiceMessage.Nothing)) {
                return true;
            }
            if (index % COMMITS_KEPT == 0) {
                commits.forget();
            }
        }
        return false;
    }

    /** The newest layout that can be read, with the paths of every version of it. */
    private Layout layout(FirstParentLine line) {
        List<Layout> layouts = new ArrayList<>();
        for (Optional<BlobId> version : line.versions()) {
            try {
                layouts.add(parsers.layout().read(version.flatMap(commits::content), environments));
            } catch (PolicyProblems | StackOverflowError _) {
                // as in the service: an invalid version is not in force
            }
        }
        return (layouts.isEmpty() ? Layout.standard(environments) : layouts.getFirst())
                .after(layouts.stream()
                        .flatMap(layout -> layout.environments().stream())
                        .toList());
    }

    /** The observer who turns commits into grants and policy changes. */
    private final class Observer implements ReplayObserver {
        private final Instant now;
        private final AuditSink sink;
        private final PolicyHistory policy;
        private final GrantCollector grants;
        private final CommitId first;
        private final NoteIndex notes;
        private final boolean hasNotes;
        private Optional<CommitId> named = Optional.empty();

        private Observer(CommitId first, Instant now, AuditSink sink, NoteIndex notes, boolean hasNotes) {
            this.now = now;
            this.sink = sink;
            this.policy = new PolicyHistory(commits, parsers, environments);
            this.grants = new GrantCollector(sink, policy::inForce, new MergedProposals(commits));
            this.first = first;
            this.notes = notes;
            this.hasNotes = hasNotes;
            advancePolicy(first);
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
        public List<String> watched() {
            return policy.files();
        }

        @Override
        public void passed(CommitId commit, boolean changedWatched) {
            if (named.isPresent() && !hasNotes) {
                throw NotesClone.missing();
            }
            if (changedWatched && !commit.equals(first)) {
                advancePolicy(commit);
            }
        }

        private void finish() {
            named.filter(head -> !commits.has(head)).ifPresent(head -> {
                throw NotesClone.incomplete(head);
            });
            grants.finish();
        }

        private void advancePolicy(CommitId commit) {
            policy.advance(commit).ifPresent(change -> sink.policyChange(changeOf(commits.commit(commit), change)));
        }

        private PolicyChange changeOf(Commit commit, PolicyHistory.Change change) {
            Person author = Person.of(Person.idFor(commit.authorEmail()), commit.authorName());
            String subject = commit.message().lines().findFirst().orElse("");
            return new PolicyChange(
                    commit.id(),
                    Timestamps.wholeSeconds(Timestamps.earlier(commit.at(), now)),
                    author,
                    subject,
                    change.files(),
                    change.isValid());
        }
    }
}
