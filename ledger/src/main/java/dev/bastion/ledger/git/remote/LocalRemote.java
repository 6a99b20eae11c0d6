package dev.bastion.ledger.git.remote;

import dev.bastion.ledger.git.object.BoundedObjectReader;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.DraftObject;
import dev.bastion.ledger.git.object.DraftStore;
import dev.bastion.ledger.git.object.ReadBudget;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.URIish;

/**
 * A remote that is a bare repository on this machine. It is read and written directly, as git's receive-pack would,
 * without a process or a pack. A repository with hooks needs git itself ({@link #hasHooks}).
 */
final class LocalRemote implements AutoCloseable {
    private static final List<String> HOOKS =
            List.of("pre-receive", "update", "post-receive", "post-update", "proc-receive", "reference-transaction");
    /** The most objects of one push that are stored loose; more go into one pack, as in git. */
    private static final int MAX_LOOSE_OBJECTS = 100;

    private static final int PUSHES_PER_GC = 200;

    private final Repository repository;
    private final RemoteSettings remote;
    private int pushes;

    private LocalRemote(Repository repository, RemoteSettings remote) {
        this.repository = repository;
        this.remote = remote;
    }

    /** The local remote; empty when the remote is on another machine, is missing, or has a work tree. */
    static Optional<LocalRemote> at(RemoteSettings remote) throws IOException {
        File directory = path(remote);
        if (!new File(directory, "objects").isDirectory()) {
            return Optional.empty();
        }
        Repository repository = new RepositoryBuilder().setGitDir(directory).build();
        if (repository.isBare()) {
            return Optional.of(new LocalRemote(repository, remote));
        }
        repository.close();
        return Optional.empty();
    }

    static boolean isLocal(RemoteSettings remote) throws TransportException {
        URIish uri = address(remote);
        return uri.getHost() == null && (uri.getScheme() == null || "file".equals(uri.getScheme()));
    }

    private static File path(RemoteSettings remote) throws TransportException {
        return isLocal(remote) ? new File(address(remote).getPath()) : new File("/dev/null");
    }

    static URIish address(RemoteSettings remote) throws TransportException {
        try {
            return new URIish(remote.url());
        } catch (URISyntaxException e) {
            throw new TransportException("ledger.remote is not a valid address: " + remote.url(), e);
        }
    }

    boolean hasHooks() {
        String configured = repository.getConfig().getString("core", null, "hooksPath");
        File hooks = new File(repository.getDirectory(), "hooks");
        return configured != null || HOOKS.stream().anyMatch(hook -> new File(hooks, hook).canExecute());
    }

    ObjectId head() throws IOException {
        Ref ref = repository.exactRef(remote.ref());
        ObjectId head = ref == null ? null : ref.getObjectId();
        if (head == null) {
            throw new TransportException("the remote has no branch " + remote.branch() + "; check ledger.branch");
        }
        return head;
    }

    /** Moves the branch from the draft's base to its newest commit, unless the branch has moved. */
    PushOutcome push(CommitDraft draft) throws IOException {
        if (!head().equals(draft.base())) {
            return PushOutcome.LOST_RACE;
        }
        List<DraftObject> objects = List.copyOf(draft.objects());
        DraftStore.store(repository, objects, objects.size() > MAX_LOOSE_OBJECTS);
        RefUpdate update = repository.updateRef(remote.ref());
        update.setNewObjectId(draft.head());
        update.setExpectedOldObjectId(draft.base());
        update.setForceUpdate(true);
        update.setRefLogMessage("push", false);
        return switch (result(update)) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE, RENAMED -> accepted();
            case LOCK_FAILURE, REJECTED -> PushOutcome.LOST_RACE;
            case NOT_ATTEMPTED, IO_FAILURE, REJECTED_CURRENT_BRANCH, REJECTED_MISSING_OBJECT, REJECTED_OTHER_REASON ->
                throw new IOException("the remote could not update its branch: " + update.getResult());
        };
    }

    private RefUpdate.Result result(RefUpdate update) throws IOException {
        try (RevWalk walk =
                new RevWalk(new BoundedObjectReader(repository.newObjectReader(), ReadBudget.USUAL.messageBytes()))) {
            return update.update(walk);
        }
    }

    private PushOutcome accepted() throws IOException {
        if (++pushes % PUSHES_PER_GC == 0 && repository.getConfig().getBoolean("receive", "autogc", true)) {
            repository.autoGC(NullProgressMonitor.INSTANCE);
        }
        return PushOutcome.ACCEPTED;
    }

    @Override
    public void close() {
        repository.close();
    }
}
