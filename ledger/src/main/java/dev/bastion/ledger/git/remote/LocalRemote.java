package dev.bastion.ledger.git.remote;

import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.DraftObject;
import dev.bastion.ledger.git.object.DraftStore;
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
import org.eclipse.jgit.transport.URIish;

/**
 * The remote, where it is a bare repository on this machine: read and written as git's own receive-pack would, without a
 * process and without a pack that is made only to be taken apart. Where the repository has hooks, git itself must be asked
 * ({@link #hasHooks}).
 */
final class LocalRemote implements AutoCloseable {
    private static final List<String> HOOKS =
            List.of("pre-receive", "update", "post-receive", "post-update", "proc-receive", "reference-transaction");
    /** Objects of a push are stored one by one, or in one pack when there are more than this, as git does. */
    private static final int LOOSE = 100;

    private static final int PUSHES_BEFORE_TIDYING = 200;

    private final Repository repository;
    private final GitRemote remote;
    private int pushes;

    private LocalRemote(Repository repository, GitRemote remote) {
        this.repository = repository;
        this.remote = remote;
    }

    /** Empty when the remote is elsewhere, is not there, or has a work tree. */
    static Optional<LocalRemote> at(GitRemote remote) throws IOException {
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

    static boolean isLocal(GitRemote remote) throws TransportException {
        URIish uri = address(remote);
        return uri.getHost() == null && (uri.getScheme() == null || "file".equals(uri.getScheme()));
    }

    private static File path(GitRemote remote) throws TransportException {
        return isLocal(remote) ? new File(address(remote).getPath()) : new File("/dev/null");
    }

    static URIish address(GitRemote remote) throws TransportException {
        try {
            return new URIish(remote.url());
        } catch (URISyntaxException e) {
            throw new TransportException("the remote's address is not one: " + remote.url(), e);
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
            throw new TransportException("it has no branch " + remote.branch() + "; see ledger.branch");
        }
        return head;
    }

    /** Moves the branch from what the draft stands on to its newest commit, or finds that it has moved. */
    PushOutcome push(CommitDraft draft) throws IOException {
        if (!head().equals(draft.base())) {
            return PushOutcome.OUTRUN;
        }
        List<DraftObject> objects = List.copyOf(draft.objects());
        DraftStore.store(repository, objects, objects.size() > LOOSE);
        RefUpdate update = repository.updateRef(remote.ref());
        update.setNewObjectId(draft.head());
        update.setExpectedOldObjectId(draft.base());
        update.setForceUpdate(true);
        update.setRefLogMessage("push", false);
        return switch (update.update()) {
            case NEW, FORCED, FAST_FORWARD, NO_CHANGE, RENAMED -> accepted();
            case LOCK_FAILURE, REJECTED -> PushOutcome.OUTRUN;
            case NOT_ATTEMPTED, IO_FAILURE, REJECTED_CURRENT_BRANCH, REJECTED_MISSING_OBJECT, REJECTED_OTHER_REASON ->
                throw new IOException("its branch cannot be moved: " + update.getResult());
        };
    }

    private PushOutcome accepted() throws IOException {
        if (++pushes % PUSHES_BEFORE_TIDYING == 0 && repository.getConfig().getBoolean("receive", "autogc", true)) {
            repository.autoGC(NullProgressMonitor.INSTANCE);
        }
        return PushOutcome.ACCEPTED;
    }

    @Override
    public void close() {
        repository.close();
    }
}
