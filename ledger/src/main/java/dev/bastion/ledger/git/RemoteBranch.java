package dev.bastion.ledger.git;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PackLock;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.Transport;
import org.jspecify.annotations.Nullable;

/** The branch as the remote has it: asks for its head, brings its commits, pushes to it. */
final class RemoteBranch implements AutoCloseable {
    private final GitRemote remote;
    private final Transports transports;
    private @Nullable LocalRemote onThisMachine;

    RemoteBranch(GitRemote remote) {
        this.remote = remote;
        this.transports = new Transports(remote);
    }

    /** The remote's head now, without bringing anything. */
    ObjectId head(Repository local) {
        try {
            LocalRemote here = onThisMachine();
            return here != null ? here.head() : askForHead(local);
        } catch (IOException e) {
            throw Refusals.of("asking " + remote.url() + " for its branch " + remote.branch(), e);
        }
    }

    private ObjectId askForHead(Repository local) throws IOException {
        try (Transport transport = transports.open(local);
                FetchConnection connection = open(transport)) {
            return headOf(connection);
        }
    }

    private synchronized @Nullable LocalRemote onThisMachine() throws IOException {
        if (onThisMachine == null) {
            onThisMachine = LocalRemote.at(remote).orElse(null);
        }
        return onThisMachine;
    }

    /** The remote's head now; everything it leads to is in the local repository then. */
    ObjectId fetch(Repository local, Set<ObjectId> have) {
        String attempted = "fetching " + remote.branch() + " from " + remote.url();
        try (Transport transport = transports.open(local);
                FetchConnection connection = open(transport)) {
            ObjectId head = headOf(connection);
            if (!have.contains(head)) {
                connection.fetch(NullProgressMonitor.INSTANCE, Set.of(ref(connection)), have);
                unlock(connection);
            }
            return head;
        } catch (IOException e) {
            throw Refusals.of(attempted, e);
        }
    }

    private FetchConnection open(Transport transport) throws IOException {
        return transport.openFetch(List.of(new RefSpec(remote.ref())));
    }

    private ObjectId headOf(FetchConnection connection) throws TransportException {
        ObjectId head = ref(connection).getObjectId();
        if (head == null) {
            throw new TransportException("the branch " + remote.branch() + " has no commit");
        }
        return head;
    }

    private Ref ref(FetchConnection connection) throws TransportException {
        Ref ref = connection.getRef(remote.ref());
        if (ref == null) {
            throw new TransportException("it has no branch " + remote.branch() + "; see ledger.branch");
        }
        return ref;
    }

    private static void unlock(FetchConnection connection) throws IOException {
        for (PackLock lock : connection.getPackLocks()) {
            lock.unlock();
        }
    }

    /** Makes the draft's newest commit the remote's head, if its head is still what the draft stands on. */
    PushOutcome push(Repository local, Draft draft) {
        String attempted = "pushing to " + remote.branch() + " of " + remote.url();
        try {
            LocalRemote here = onThisMachine();
            return here != null && !here.hasHooks() ? here.push(draft) : send(local, draft, attempted);
        } catch (IOException e) {
            throw Refusals.of(attempted, e);
        }
    }

    private PushOutcome send(Repository local, Draft draft, String attempted) throws IOException {
        try (PushView view = new PushView(local, draft);
                Transport transport = transports.open(view);
                PushConnection connection = transport.openPush()) {
            Ref advertised = connection.getRef(remote.ref());
            if (advertised == null || !draft.base().equals(advertised.getObjectId())) {
                return PushOutcome.OUTRUN;
            }
            RemoteRefUpdate update = update(view, draft);
            connection.push(NullProgressMonitor.INSTANCE, Map.of(remote.ref(), update));
            String said = Optional.ofNullable(connection.getMessages()).orElse("");
            return Refusals.of(attempted, update, said);
        }
    }

    private RemoteRefUpdate update(PushView view, Draft draft) throws IOException {
        return new RemoteRefUpdate(view, "draft", draft.head(), remote.ref(), false, null, draft.base());
    }

    @Override
    public synchronized void close() {
        transports.close();
        if (onThisMachine != null) {
            onThisMachine.close();
        }
    }
}
