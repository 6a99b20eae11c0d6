package dev.bastion.ledger.git;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.DraftObject;
import dev.bastion.ledger.git.object.DraftStore;
import dev.bastion.ledger.git.remote.GitRemote;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.git.remote.RemoteBranch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/**
 * A clone of one branch that outlives the process: bare, no tags, no work tree. It remembers the head that was last seen,
 * which is how a rewritten history is noticed. Only {@link #remoteHead} may be called by several threads at once.
 */
public final class BareClone implements AutoCloseable {
    /** Objects a push adds are stored one by one, or in one pack when there are more than this. */
    private static final int LOOSE = 100;

    /** How often JGit is asked whether there is so much lying about that it should be packed, in the background. */
    private static final int KEPT_BEFORE_TIDYING = 200;

    private static final String HEADS = "refs/heads/";
    private static final String PINS = "refs/proposals/";

    private final Path directory;
    private final GitRemote remote;
    private final RemoteBranch branch;
    private volatile Repository repository;
    private int kept;

    private BareClone(Path directory, GitRemote remote, Repository repository) {
        this.directory = directory;
        this.remote = remote;
        this.branch = new RemoteBranch(remote);
        this.repository = repository;
    }

    /** Opens the clone in the directory; one that is not there or cannot be read starts empty. */
    public static BareClone open(Path directory, GitRemote remote) {
        IsolatedSystemReader.install();
        return new BareClone(directory, remote, CloneDirectory.open(directory, remote));
    }

    /** The head that was kept last. */
    public Optional<CommitId> head() {
        return lastKept().map(id -> new CommitId(id.name()));
    }

    private Optional<ObjectId> lastKept() {
        try {
            return Optional.ofNullable(repository.exactRef(remote.ref())).map(Ref::getObjectId);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** What the remote's head is now; brings nothing. */
    public CommitId remoteHead() {
        return new CommitId(branch.head(repository).name());
    }

    /** Brings what the remote has and answers its head, which is not kept yet. */
    public CommitId fetch() {
        return new CommitId(branch.fetch(repository, lastKept().map(Set::of).orElse(Set.of()))
                .name());
    }

    /** Remembers the head as seen. */
    public void keep(CommitId head) {
        try {
            RefUpdate update = repository.updateRef(remote.ref());
            update.setNewObjectId(ObjectId.fromString(head.value()));
            update.setForceUpdate(true);
            update.disableRefLog();
            RefUpdate.Result result = update.update();
            if (result == RefUpdate.Result.LOCK_FAILURE || result == RefUpdate.Result.IO_FAILURE) {
                throw new CloneBroken(new IOException("cannot keep " + head + ": " + result));
            }
            if (++kept % KEPT_BEFORE_TIDYING == 0) {
                repository.autoGC(NullProgressMonitor.INSTANCE);
            }
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** Throws the clone away for a new one, which is there before the old one goes. Nothing is kept as seen then. */
    public void renew() {
        Path fresh = directory.resolveSibling(directory.getFileName() + ".new");
        CloneDirectory.delete(fresh);
        try (Repository clone = CloneDirectory.open(fresh, remote)) {
            branch.fetch(clone, Set.of());
        }
        repository.close();
        CloneDirectory.delete(directory);
        try {
            Files.move(fresh, directory);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
        repository = CloneDirectory.open(directory, remote);
    }

    /** Reads what the clone has. */
    public CommitReader commits() {
        return new CommitReader(repository);
    }

    /** Commits to be made upon this one. */
    public CommitDraft draft(CommitId base) {
        try {
            return new CommitDraft(repository.newObjectReader(), ObjectId.fromString(base.value()));
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /**
     * Makes the draft's newest commit the remote's head, if its head is still what the draft stands on; then it is this
     * clone's too.
     */
    public PushOutcome push(CommitDraft draft) {
        PushOutcome outcome = branch.push(repository, draft);
        if (outcome == PushOutcome.ACCEPTED) {
            store(draft);
            keep(draft.tip());
        }
        return outcome;
    }

    /**
     * Makes the draft's newest commit the head of a new branch of the remote, if the remote's head is still what the draft
     * stands on. A branch that has this very head already is as good.
     */
    public PushOutcome pushNew(CommitDraft draft, String newBranch) {
        PushOutcome outcome = branch.pushNew(repository, draft, HEADS + newBranch);
        if (outcome == PushOutcome.ACCEPTED) {
            store(draft);
        }
        return outcome;
    }

    /**
     * Where these refs of the remote stand, those it has; what they lead to can be read then. Nothing keeps it in the clone
     * for long but {@link #pin}.
     *
     * @param names whole, like {@code refs/heads/bastion/prod/01JHR7Z9C0V6T1}
     */
    public Map<String, CommitId> fetchOthers(Collection<String> names) {
        Map<String, CommitId> found = new TreeMap<>();
        if (!names.isEmpty()) {
            branch.fetchOthers(repository, names, lastKept().map(Set::of).orElse(Set.of()))
                    .forEach((name, id) -> found.put(name, new CommitId(id.name())));
        }
        return found;
    }

    /** Remembers a commit by a name of its own, apart from the branch; survives the process. */
    public void pin(String name, CommitId commit) {
        try {
            RefUpdate update = repository.updateRef(PINS + name);
            update.setNewObjectId(ObjectId.fromString(commit.value()));
            update.setForceUpdate(true);
            update.disableRefLog();
            update.update();
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    public Optional<CommitId> pinned(String name) {
        try {
            return Optional.ofNullable(repository.exactRef(PINS + name))
                    .map(Ref::getObjectId)
                    .map(id -> new CommitId(id.name()));
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** Forgets every name but these. */
    public void unpinAllBut(Set<String> names) {
        try {
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(PINS)) {
                if (!names.contains(ref.getName().substring(PINS.length()))) {
                    RefUpdate update = repository.updateRef(ref.getName());
                    update.setForceUpdate(true);
                    update.delete();
                }
            }
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    private void store(CommitDraft draft) {
        List<DraftObject> objects = List.copyOf(draft.objects());
        try {
            DraftStore.store(repository, objects, objects.size() > LOOSE);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    @Override
    public void close() {
        repository.close();
        branch.close();
    }
}
