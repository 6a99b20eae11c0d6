package dev.bastion.ledger.git.remote;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.ledger.git.object.BudgetExceeded;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.ReadBudget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
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

/** The remote of the ledger: the head of its branch, fetching it, and pushing to it. */
public final class GitRemote implements AutoCloseable {
    private final RemoteSettings remote;
    static final String SHALLOW =
            "set ledger.remote to the repository with the whole history, or run git fetch --unshallow in this one";

    private final ReadBudget budget;
    private final Transports transports;
    private @Nullable LocalRemote localRemote;
    private final AtomicReference<@Nullable OpenPush> nextPush = new AtomicReference<>();

    public GitRemote(RemoteSettings remote, ReadBudget budget) {
        this.remote = remote;
        this.budget = budget;
        this.transports = new Transports(remote);
    }

    /** The remote's head now, without fetching. */
    public ObjectId head(Repository local) {
        try {
            LocalRemote localBranch = localRemote();
            return localBranch != null ? localBranch.head() : fetchHead(local);
        } catch (IOException e) {
            throw PushRejections.of("asking " + remote.url() + " for its branch " + remote.branch(), e);
        }
    }

    /**
     * The same, and opens the push that may follow at once, which lists the head, too: over HTTP the two need two round trips
     * instead of four.
     */
    public ObjectId headToPush(Repository local) {
        if (!remote.url().startsWith("http")) {
            return head(local);
        }
        try {
            OpenPush opened = OpenPush.of(local, budget, transports);
            ObjectId head = opened.id(remote.ref());
            keep(opened);
            return head.equals(ObjectId.zeroId()) ? head(local) : head;
        } catch (IOException e) {
            throw PushRejections.of("asking " + remote.url() + " for its branch " + remote.branch(), e);
        }
    }

    private ObjectId fetchHead(Repository local) throws IOException {
        try (Transport transport = transports.open(local);
                FetchConnection connection = open(transport)) {
            return headOf(connection);
        }
    }

    private synchronized @Nullable LocalRemote localRemote() throws IOException {
        if (localRemote == null) {
            localRemote = LocalRemote.at(remote).orElse(null);
        }
        return localRemote;
    }

    /** Fetches the remote's head and everything it contains into the local repository. */
    public ObjectId fetch(Repository local, Set<ObjectId> have) {
        String attempted = "fetching " + remote.branch() + " from " + remote.url();
        try (RepositoryView view =
                        new RepositoryView(local, new FetchObjects(local.getObjectDatabase(), budget, PackLimit.NONE));
                Transport transport = transports.open(view);
                FetchConnection connection = open(transport)) {
            ObjectId head = headOf(connection);
            if (!have.contains(head)) {
                connection.fetch(NullProgressMonitor.INSTANCE, Set.of(ref(connection)), have);
                unlock(connection);
            }
            requireWholeHistory(local, attempted);
            return head;
        } catch (IOException e) {
            throw PushRejections.of(attempted, e);
        }
    }

    /**
     * The same for a push that follows at once. It is opened meanwhile, so that other pushes have less time to be faster:
     * over HTTP two round trips instead of three.
     */
    public ObjectId fetchToPush(Repository local, Set<ObjectId> have) {
        dropNextPush();
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<OpenPush> opening = thread.submit(() -> OpenPush.of(local, budget, transports));
            try {
                return fetch(local, have);
            } finally {
                keep(opened(opening));
            }
        }
    }

    /** Null when it could not be opened: the push opens its own and says why. */
    private static @Nullable OpenPush opened(Future<OpenPush> opening) {
        try {
            return opening.get();
        } catch (ExecutionException _) {
            return null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Closes the push that was opened and not made. */
    public void dropNextPush() {
        keep(null);
    }

    private void keep(@Nullable OpenPush opened) {
        OpenPush before = nextPush.getAndSet(opened);
        if (before != null) {
            before.close();
        }
    }

    /**
     * Fetches these refs and returns the object ids of those that exist.
     *
     * @throws BudgetExceeded when they bring more, or take longer, than the limit allows
     */
    public Map<String, ObjectId> fetchRefs(
            Repository local, Collection<String> names, Set<ObjectId> have, PackLimit limit) {
        try (RepositoryView view =
                        new RepositoryView(local, new FetchObjects(local.getObjectDatabase(), budget, limit));
                Transport transport = transports.open(view);
                FetchConnection connection =
                        transport.openFetch(names.stream().map(RefSpec::new).toList())) {
            Map<String, Ref> found = new TreeMap<>();
            names.forEach(name -> Optional.ofNullable(connection.getRef(name)).ifPresent(ref -> found.put(name, ref)));
            List<Ref> missing = new ArrayList<>();
            for (Ref ref : found.values()) {
                if (!local.getObjectDatabase().has(ref.getObjectId())) {
                    missing.add(ref);
                }
            }
            if (!missing.isEmpty()) {
                connection.fetch(NullProgressMonitor.INSTANCE, missing, have);
                unlock(connection);
            }
            Map<String, ObjectId> ids = new TreeMap<>();
            found.forEach((name, ref) -> ids.put(name, ref.getObjectId()));
            return ids;
        } catch (IOException e) {
            if (limit.isExceeded(e)) {
                throw new BudgetExceeded(
                        "it adds more than %d bytes, or did not arrive in time".formatted(limit.bytes()));
            }
            throw PushRejections.of("fetching proposals from " + remote.url(), e);
        }
    }

    /** @throws LedgerRejected where the remote is shallow itself: what was opened before its oldest commit would be unknown */
    private static void requireWholeHistory(Repository local, String attempted) throws IOException {
        if (!local.getObjectDatabase().getShallowCommits().isEmpty()) {
            throw new LedgerRejected(attempted, "the repository is shallow: it has only its newest commits", SHALLOW);
        }
    }

    private FetchConnection open(Transport transport) throws IOException {
        return transport.openFetch(List.of(new RefSpec(remote.ref())));
    }

    private ObjectId headOf(FetchConnection connection) throws TransportException {
        ObjectId head = ref(connection).getObjectId();
        if (head == null) {
            throw new TransportException("the branch " + remote.branch() + " has no commits");
        }
        return head;
    }

    private Ref ref(FetchConnection connection) throws TransportException {
        Ref ref = connection.getRef(remote.ref());
        if (ref == null) {
            throw new TransportException("the remote has no branch " + remote.branch() + "; check ledger.branch");
        }
        return ref;
    }

    private static void unlock(FetchConnection connection) throws IOException {
        for (PackLock lock : connection.getPackLocks()) {
            lock.unlock();
        }
    }

    /** Pushes the draft if the remote's head is still its base. */
    public PushOutcome push(Repository local, CommitDraft draft) {
        String attempted = "pushing to " + remote.branch() + " of " + remote.url();
        try {
            LocalRemote localBranch = localRemote();
            return localBranch != null && !localBranch.hasHooks()
                    ? localBranch.push(draft)
                    : send(local, draft, remote.ref(), draft.base(), attempted);
        } catch (IOException e) {
            throw PushRejections.of(attempted, e);
        }
    }

    /** Pushes the draft to a new branch. */
    public PushOutcome pushNew(Repository local, CommitDraft draft, String ref) {
        String attempted = "pushing to " + ref + " of " + remote.url();
        try {
            return send(local, draft, ref, ObjectId.zeroId(), attempted);
        } catch (IOException e) {
            throw PushRejections.of(attempted, e);
        }
    }

    /** Moves a ref to a commit that the local repository has, if it is still what is expected; zero for a ref that is missing. */
    public PushOutcome pushRef(Repository local, ObjectId tip, ObjectId expected) {
        String attempted = "pushing to " + remote.ref() + " of " + remote.url();
        try (Transport transport = transports.open(local);
                PushConnection connection = transport.openPush()) {
            ObjectId current = OpenPush.id(connection, remote.ref());
            if (!expected.equals(current)) {
                return tip.equals(current) ? PushOutcome.ACCEPTED : PushOutcome.LOST_RACE;
            }
            RemoteRefUpdate update = new RemoteRefUpdate(local, remote.ref(), tip, remote.ref(), false, null, expected);
            sendPack(connection, update, attempted);
            String messages = Optional.ofNullable(connection.getMessages()).orElse("");
            return PushRejections.of(attempted, update, messages);
        } catch (IOException e) {
            throw PushRejections.of(attempted, e);
        }
    }

    private PushOutcome send(Repository local, CommitDraft draft, String ref, ObjectId expected, String attempted)
            throws IOException {
        try (OpenPush push = openPush(local, draft)) {
            // the pack omits what the base contains, so the remote must have the base
            if (!push.has(local, remote.ref(), draft.base())) {
                return PushOutcome.LOST_RACE;
            }
            ObjectId current = push.id(ref);
            if (!expected.equals(current)) {
                return draft.head().equals(current) ? PushOutcome.ACCEPTED : PushOutcome.LOST_RACE;
            }
            RemoteRefUpdate update =
                    new RemoteRefUpdate(push.view(draft), "draft", draft.head(), ref, false, null, expected);
            sendPack(push.connection(), update, attempted);
            String messages =
                    Optional.ofNullable(push.connection().getMessages()).orElse("");
            return PushRejections.of(attempted, update, messages);
        }
    }

    private OpenPush openPush(Repository local, CommitDraft draft) throws IOException {
        OpenPush opened = nextPush.getAndSet(null);
        if (opened != null) {
            if (opened.has(local, remote.ref(), draft.base())) {
                return opened;
            }
            opened.close();
        }
        return OpenPush.of(local, budget, transports);
    }

    private static void sendPack(PushConnection connection, RemoteRefUpdate update, String attempted) {
        try {
            connection.push(NullProgressMonitor.INSTANCE, Map.of(update.getRemoteName(), update));
        } catch (IOException e) {
            throw PushRejections.sent(attempted, e);
        }
    }

    @Override
    public synchronized void close() {
        dropNextPush();
        transports.close();
        if (localRemote != null) {
            localRemote.close();
        }
    }
}
