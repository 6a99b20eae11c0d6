package dev.bastion.ledger.git;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.object.BoundedObjectReader;
import dev.bastion.ledger.git.object.BudgetExceeded;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.DraftObject;
import dev.bastion.ledger.git.object.DraftStore;
import dev.bastion.ledger.git.object.ReadBudget;
import dev.bastion.ledger.git.remote.GitRemote;
import dev.bastion.ledger.git.remote.PackLimit;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.git.remote.RemoteSettings;
import dev.bastion.ledger.git.signature.CommitSigner;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * A bare clone of one branch that outlives the process. It remembers the last seen head, which reveals a rewritten
 * history. Only {@link #remoteHead} and {@link #headToPush} are safe for concurrent use.
 */
public final class BareClone implements AutoCloseable {
    /** The most objects of one push that are stored loose; more go into one pack. */
    private static final int MAX_LOOSE_OBJECTS = 100;

    /** Updates between two requests for JGit's background garbage collection. */
    private static final int UPDATES_PER_GC = 200;

    /** The garbage collection in the background locks the head for a moment, which is no reason to clone again. */
    private static final RetryPolicy<RefUpdate.Result> WHILE_LOCKED = RetryPolicy.<RefUpdate.Result>builder()
            .handleResult(RefUpdate.Result.LOCK_FAILURE)
            .withMaxAttempts(40)
            .withDelay(Duration.ofMillis(25))
            .build();

    private static final String BRANCH_PREFIX = "refs/heads/";
    private static final String SWITCH = "signedSince";
    private static final String PIN_PREFIX = "refs/proposals/";

    private final Path directory;
    private final RemoteSettings remote;
    private final ReadBudget budget;
    private final GitRemote branch;
    private final Optional<Path> lender;
    private volatile Repository repository;
    private int updates;

    private BareClone(
            Path directory, RemoteSettings remote, ReadBudget budget, Repository repository, Optional<Path> lender) {
        this.directory = directory;
        this.remote = remote;
        this.budget = budget;
        this.branch = new GitRemote(remote, budget);
        this.repository = repository;
        this.lender = lender;
    }

    /** Opens the clone in the directory; one that is not there or cannot be read starts empty. */
    public static BareClone open(Path directory, RemoteSettings remote, ReadBudget budget) {
        IsolatedSystemReader.install();
        return new BareClone(directory, remote, budget, CloneDirectory.open(directory, remote), Optional.empty());
    }

    /**
     * Opens a clone that borrows the objects of another one on this machine, so that it has all that the other has without
     * fetching it. It is never repacked: that would copy them.
     */
    public static BareClone borrowing(Path directory, RemoteSettings remote, ReadBudget budget, Path lender) {
        IsolatedSystemReader.install();
        return new BareClone(
                directory, remote, budget, CloneDirectory.borrowing(directory, remote, lender), Optional.of(lender));
    }

    /** The last seen head. */
    public Optional<CommitId> head() {
        return lastSeenHead().map(id -> new CommitId(id.name()));
    }

    private Optional<ObjectId> lastSeenHead() {
        try {
            return Optional.ofNullable(repository.exactRef(remote.ref())).map(Ref::getObjectId);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** The remote's head now, without fetching. */
    public CommitId remoteHead() {
        return new CommitId(branch.head(repository).name());
    }

    /** The remote's head now, and opens the {@link #push} that may follow at once. */
    public CommitId headToPush() {
        return new CommitId(branch.headToPush(repository).name());
    }

    /** Fetches the remote's head, which {@link #saveHead} has not stored yet. */
    public CommitId fetch() {
        return new CommitId(branch.fetch(repository, seen()).name());
    }

    /** The same for a {@link #push} that follows at once. */
    public CommitId fetchToPush() {
        return new CommitId(branch.fetchToPush(repository, seen()).name());
    }

    /** Says that no push follows after all. */
    public void endPush() {
        branch.dropNextPush();
    }

    private Set<ObjectId> seen() {
        return lastSeenHead().map(Set::of).orElse(Set.of());
    }

    /** Stores the head as seen. */
    public void saveHead(CommitId head) {
        try {
            RefUpdate.Result result = Failsafe.with(WHILE_LOCKED).get(() -> move(remote.ref(), head));
            if (result == RefUpdate.Result.LOCK_FAILURE || result == RefUpdate.Result.IO_FAILURE) {
                throw new CloneBroken(new IOException("cannot store the head " + head + ": " + result));
            }
            if (++updates % UPDATES_PER_GC == 0 && lender.isEmpty()) {
                repository.autoGC(NullProgressMonitor.INSTANCE);
            }
        } catch (FailsafeException e) {
            throw new CloneBroken(new IOException("cannot store the head " + head, e.getCause()));
        }
    }

    private RefUpdate.Result move(String ref, CommitId commit) throws IOException {
        RefUpdate update = repository.updateRef(ref);
        update.setNewObjectId(ObjectId.fromString(commit.value()));
        update.setForceUpdate(true);
        update.disableRefLog();
        try (RevWalk walk = new RevWalk(newReader())) {
            return update.update(walk);
        }
    }

    private ObjectReader newReader() {
        return new BoundedObjectReader(repository.newObjectReader(), budget.messageBytes());
    }

    /** Replaces a clone that borrows its objects with an empty one. */
    public void restart() {
        repository.close();
        CloneDirectory.delete(directory);
        repository = CloneDirectory.borrowing(directory, remote, lender.orElseThrow());
    }

    /** The bytes that the clone takes on disk. */
    public long size() {
        return CloneDirectory.size(directory);
    }

    /** Replaces the clone with a new one, which exists before the old one goes. It has no last seen head. */
    public void reclone() {
        Path replacement = directory.resolveSibling(directory.getFileName() + ".new");
        CloneDirectory.delete(replacement);
        try (Repository clone = CloneDirectory.open(replacement, remote)) {
            branch.fetch(clone, Set.of());
        }
        repository.close();
        CloneDirectory.replace(directory, replacement);
        repository = CloneDirectory.open(directory, remote);
    }

    /** A reader of the clone's commits. */
    public CommitReader commits() {
        return new CommitReader(repository, budget);
    }

    /** A draft of new commits on this one. */
    public CommitDraft draft(CommitId base, Optional<CommitSigner> signer) {
        try {
            return new CommitDraft(newReader(), ObjectId.fromString(base.value()), signer);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** Pushes the draft if the remote's head is still its base; an accepted draft becomes this clone's head. */
    public PushOutcome push(CommitDraft draft) {
        PushOutcome outcome = branch.push(repository, draft);
        if (outcome == PushOutcome.ACCEPTED) {
            store(draft);
            saveHead(draft.tip());
        }
        return outcome;
    }

    /**
     * Pushes the draft to a new branch if the remote's head is still its base. A branch that already has this head
     * counts as accepted.
     */
    public PushOutcome pushNew(CommitDraft draft, String newBranch) {
        PushOutcome outcome = branch.pushNew(repository, draft, BRANCH_PREFIX + newBranch);
        if (outcome == PushOutcome.ACCEPTED) {
            store(draft);
        }
        return outcome;
    }

    /**
     * Fetches these refs and returns the commits of those that exist. Only {@link #pin} keeps them in the clone for
     * long.
     *
     * @param names full names, like {@code refs/heads/bastion/prod/01JHR7Z9C0V6T1}
     * @throws BudgetExceeded when they bring more, or take longer, than the limit allows
     */
    public Map<String, CommitId> fetchRefs(Collection<String> names, PackLimit limit) {
        Map<String, CommitId> found = new TreeMap<>();
        if (!names.isEmpty()) {
            branch.fetchRefs(repository, names, seen(), limit)
                    .forEach((name, id) -> found.put(name, new CommitId(id.name())));
        }
        return found;
    }

    /** Stores a commit under a name of its own, apart from the branch; survives the process. */
    public void pin(String name, CommitId commit) {
        try {
            move(PIN_PREFIX + name, commit);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** Stores the commit from which on entries are signed, as a setting: a clone of a rewritten branch has no such commit. */
    public void saveSwitch(CommitId commit) {
        try {
            StoredConfig config = repository.getConfig();
            config.setString("ledger", null, SWITCH, commit.value());
            config.save();
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** The commit from which on entries are signed, as far as this clone has seen it, also when the branch lost it. */
    public Optional<CommitId> savedSwitch() {
        return Optional.ofNullable(repository.getConfig().getString("ledger", null, SWITCH))
                .map(CommitId::new);
    }

    public Optional<CommitId> pinned(String name) {
        try {
            return Optional.ofNullable(repository.exactRef(PIN_PREFIX + name))
                    .map(Ref::getObjectId)
                    .map(id -> new CommitId(id.name()));
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** Deletes every pin but these. */
    public void retainPins(Set<String> names) {
        try {
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(PIN_PREFIX)) {
                if (!names.contains(ref.getName().substring(PIN_PREFIX.length()))) {
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
            DraftStore.store(repository, objects, objects.size() > MAX_LOOSE_OBJECTS);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** Closes the clone and deletes its directory; one that cannot be deleted is logged. */
    public void delete() {
        close();
        CloneDirectory.deleteIfPossible(directory);
    }

    @Override
    public void close() {
        repository.close();
        branch.close();
    }
}
