package dev.bastion.ledger.git.remote;

import dev.bastion.ledger.git.object.CommitDraft;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
public final class RemoteBranch implements AutoCloseable {
    private final GitRemote remote;
    private final Transports transports;
    private @Nullable LocalRemote onThisMachine;

    public RemoteBranch(GitRemote remote) {
        this.remote = remote;
        this.transports = new Transports(remote);
    }

    /** The remote's head now, without bringing anything. */
    public ObjectId head(Repository local) {
        try {
            LocalRemote here = onThisMachine();
            return here != null ? here.head() : askForHead(local);
        } catch (IOException e) {
            throw PushRejections.of("asking " + remote.url() + " for its branch " + remote.branch(), e);
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
    public ObjectId fetch(Repository local, Set<ObjectId> have) {
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
            throw PushRejections.of(attempted, e);
        }
    }

    /** Where these of the remote's refs stand, if it has them; what they lead to is in the local repository then. */
    public Map<String, ObjectId> fetchOthers(Repository local, Collection<String> names, Set<ObjectId> have) {
        try (Transport transport = transports.open(local);
                FetchConnection connection =
                        transport.openFetch(names.stream().map(RefSpec::new).toList())) {
            Map<String, Ref> found = new TreeMap<>();
            names.forEach(name -> Optional.ofNullable(connection.getRef(name)).ifPresent(ref -> found.put(name, ref)));
            List<Ref> unmet = new ArrayList<>();
            for (Ref ref : found.values()) {
                if (!local.getObjectDatabase().has(ref.getObjectId())) {
                    unmet.add(ref);
                }
            }
            if (!unmet.isEmpty()) {
                connection.fetch(NullProgressMonitor.INSTANCE, unmet, have);
                unlock(connection);
            }
            Map<String, ObjectId> ids = new TreeMap<>();
            found.forEach((name, ref) -> ids.put(name, ref.getObjectId()));
            return ids;
        } catch (IOException e) {
            throw PushRejections.of("fetching what is proposed from " + remote.url(), e);
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
    public PushOutcome push(Repository local, CommitDraft draft) {
        String attempted = "pushing to " + remote.branch() + " of " + remote.url();
        try {
            LocalRemote here = onThisMachine();
            return here != null && !here.hasHooks()
                    ? here.push(draft)
                    : send(local, draft, remote.ref(), draft.base(), attempted);
        } catch (IOException e) {
            throw PushRejections.of(attempted, e);
        }
    }

    /** Makes the draft's newest commit the head of another branch, which is not there yet. */
    public PushOutcome pushNew(Repository local, CommitDraft draft, String ref) {
        String attempted = "pushing to " + ref + " of " + remote.url();
        try {
            return send(local, draft, ref, ObjectId.zeroId(), attempted);
        } catch (IOException e) {
            throw PushRejections.of(attempted, e);
        }
    }

    private PushOutcome send(Repository local, CommitDraft draft, String ref, ObjectId expected, String attempted)
            throws IOException {
        try (PushRepositoryView view = new PushRepositoryView(local, draft);
                Transport transport = transports.open(view);
                PushConnection connection = transport.openPush()) {
            // the pack leaves out what the base leads to: the remote must say that it has the base
            if (!draft.base().equals(id(connection, remote.ref()))) {
                return PushOutcome.OUTRUN;
            }
            ObjectId there = id(connection, ref);
            if (!expected.equals(there)) {
                return draft.head().equals(there) ? PushOutcome.ACCEPTED : PushOutcome.OUTRUN;
            }
            RemoteRefUpdate update = new RemoteRefUpdate(view, "draft", draft.head(), ref, false, null, expected);
            connection.push(NullProgressMonitor.INSTANCE, Map.of(ref, update));
            String said = Optional.ofNullable(connection.getMessages()).orElse("");
            return PushRejections.of(attempted, update, said);
        }
    }

    private static ObjectId id(PushConnection connection, String name) {
        Ref ref = connection.getRef(name);
        ObjectId id = ref == null ? null : ref.getObjectId();
        return id == null ? ObjectId.zeroId() : id;
    }

    @Override
    public synchronized void close() {
        transports.close();
        if (onThisMachine != null) {
            onThisMachine.close();
        }
    }
}
