package dev.bastion.ledger.git;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.ReadBudget;
import dev.bastion.ledger.git.object.Signature;
import dev.bastion.ledger.git.object.SizeLimitedReader;
import dev.bastion.ledger.git.remote.GitRemote;
import dev.bastion.ledger.git.remote.PackLimit;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.git.remote.RemoteSettings;
import dev.bastion.ledger.git.signature.CommitSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.notes.NoteMap;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A bare clone of the repository's notes, apart from the branch's clone: each of its commits adds one note. Anyone who may push to
 * the repository can push to them, too, so trees are built on those of the service alone, and what is fetched has limits. Not
 * thread-safe.
 */
public final class NotesClone implements AutoCloseable {
    /** The ref, as {@code git log --notes=bastion} names it. */
    public static final String REF = "refs/notes/bastion";

    /** What git fetches them with, since it clones no notes. */
    public static final String FETCH = "git fetch origin " + REF + ":" + REF;

    private static final int UPDATES_PER_GC = 200;

    private final ReadBudget budget;
    private final GitRemote remote;
    private final Repository repository;
    private int updates;

    private NotesClone(ReadBudget budget, GitRemote remote, Repository repository) {
        this.budget = budget;
        this.remote = remote;
        this.repository = repository;
    }

    /**
     * Opens the clone in the directory; one that is not there or cannot be read starts empty.
     *
     * @param repository any ref of the repository
     */
    public static NotesClone open(Path directory, RemoteSettings repository, ReadBudget budget) {
        IsolatedSystemReader.install();
        RemoteSettings notes = repository.withRef(REF);
        return new NotesClone(budget, new GitRemote(notes, budget), CloneDirectory.open(directory, notes));
    }

    /** The fault that a clone lacks the notes that its branch names. */
    public static UnreadableClone missing() {
        return new UnreadableClone(
                "The clone lacks what the service observed: git does not clone notes. Run " + FETCH + " in it.");
    }

    /** The fault that a clone's notes lack some that its branch names. */
    public static UnreadableClone incomplete(CommitId named) {
        return new UnreadableClone("The notes of the clone do not go up to " + named + ", which the branch names. Run "
                + FETCH + " in it; if that does not help, they were dropped: run audit verify.");
    }

    /** A note to add. */
    public record Note(CommitId on, String text) {}

    /** The head that {@link #saveHead} stored last. */
    public Optional<CommitId> head() {
        try {
            return Optional.ofNullable(repository.exactRef(REF))
                    .map(Ref::getObjectId)
                    .map(id -> new CommitId(id.name()));
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /**
     * Fetches the remote's head; empty when it has none.
     *
     * @throws dev.bastion.ledger.git.object.BudgetExceeded when it brings more than the limit allows
     */
    public Optional<CommitId> fetch(PackLimit limit) {
        Set<ObjectId> have = head().map(head -> Set.of(id(head))).orElse(Set.of());
        return Optional.ofNullable(
                        remote.fetchRefs(repository, Set.of(REF), have, limit).get(REF))
                .map(id -> new CommitId(id.name()));
    }

    public CommitReader commits() {
        return new CommitReader(repository, budget);
    }

    /**
     * Adds a commit with the tree of its first parent and one note more, or with the same tree.
     *
     * @param parents the first is the service's own; empty for the first commit
     * @throws dev.bastion.ledger.git.signature.SigningFailed when it cannot be signed
     */
    public CommitId add(
            List<CommitId> parents,
            Optional<CommitId> tree,
            Optional<Note> note,
            String message,
            Signature by,
            Instant at,
            Optional<CommitSigner> signer) {
        try (ObjectInserter inserter = repository.newObjectInserter();
                ObjectReader reader = new SizeLimitedReader(inserter.newReader(), budget.blobBytes());
                RevWalk walk = new RevWalk(reader)) {
            NoteMap notes =
                    tree.isPresent() ? NoteMap.read(reader, walk.parseCommit(id(tree.get()))) : NoteMap.newEmptyMap();
            if (note.isPresent()) {
                ObjectId on = id(note.get().on());
                notes.set(on, textOf(notes, reader, on) + note.get().text(), inserter);
            }
            CommitBuilder commit = commit(notes.writeTree(inserter), parents, message, by, at);
            if (signer.isPresent()) {
                String armored = signer.get().sign(commit.build()).armored();
                commit.setGpgSignature(new GpgSignature(armored.getBytes(StandardCharsets.US_ASCII)));
            }
            ObjectId added = inserter.insert(commit);
            inserter.flush();
            return new CommitId(added.name());
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** The notes that a commit has already, with the empty line that git puts between two. */
    private static String textOf(NoteMap notes, ObjectReader reader, ObjectId on) throws IOException {
        ObjectId blob = notes.get(on);
        return blob == null
                ? ""
                : new String(reader.open(blob, Constants.OBJ_BLOB).getBytes(), StandardCharsets.UTF_8) + "\n";
    }

    private static CommitBuilder commit(
            ObjectId tree, List<CommitId> parents, String message, Signature by, Instant at) {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentIds(parents.stream().map(NotesClone::id).toList());
        commit.setAuthor(new PersonIdent(by.name(), by.email(), at, ZoneOffset.UTC));
        commit.setCommitter(new PersonIdent(by.name(), by.email(), at, ZoneOffset.UTC));
        commit.setMessage(message);
        return commit;
    }

    /** Pushes a commit of this clone, if the remote's head is still the expected one. */
    public PushOutcome push(CommitId tip, Optional<CommitId> expected) {
        return remote.pushRef(repository, id(tip), expected.map(NotesClone::id).orElse(ObjectId.zeroId()));
    }

    /** Stores the newest commit of the service. */
    public void saveHead(CommitId head) {
        try (RevWalk walk = new RevWalk(repository)) {
            RefUpdate update = repository.updateRef(REF);
            update.setNewObjectId(id(head));
            update.setForceUpdate(true);
            update.disableRefLog();
            update.update(walk);
            if (++updates % UPDATES_PER_GC == 0) {
                repository.autoGC(NullProgressMonitor.INSTANCE);
            }
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    private static ObjectId id(CommitId commit) {
        return ObjectId.fromString(commit.value());
    }

    @Override
    public void close() {
        repository.close();
        remote.close();
    }
}
