package dev.bastion.ledger.git.object;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.signature.CommitSignature;
import dev.bastion.ledger.git.signature.SshPublicKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** The reader of the clone's commits and files. */
public final class CommitReader implements AutoCloseable {
    private final BoundedObjectReader objects;
    private final RevWalk walk;
    private final TreeReader trees;

    private final ReadBudget budget;
    private Map<CommitId, Optional<SshPublicKey>> signers = Map.of();

    public CommitReader(Repository repository, ReadBudget budget) {
        this(new BoundedObjectReader(repository.newObjectReader(), budget.messageBytes()), budget);
    }

    private CommitReader(BoundedObjectReader objects, ReadBudget budget) {
        this.budget = budget;
        this.objects = objects;
        this.walk = new RevWalk(objects);
        this.trees = new TreeReader(objects);
    }

    /** Whether the clone has the commit. */
    public boolean has(CommitId commit) {
        return read(() -> objects.has(id(commit), Constants.OBJ_COMMIT));
    }

    /**
     * The first-parent commits between two heads that concern a directory, oldest first: those whose message contains
     * the marker, and those that changed the directory, with the files they changed. The files of marked commits are
     * not looked up.
     *
     * @param after the earlier head; empty for the beginning
     * @return empty when the earlier head is not on the first-parent line of the later one
     */
    public Optional<List<Commit>> between(Optional<CommitId> after, CommitId upTo, String directory, String marker) {
        return read(() -> new FirstParentWalk(walk, trees, directory, Constants.encode(marker))
                .between(after.map(CommitReader::id).orElse(null), id(upTo)));
    }

    /**
     * A commit of the first-parent line as {@link #between} reads it; empty when it does not concern the directory.
     *
     * @param marker what the messages of entries contain
     */
    public Optional<Commit> concerning(CommitId commit, String directory, String marker) {
        return read(() -> {
            RevCommit at = withBody(walk.parseCommit(id(commit)));
            RevCommit parent = at.getParentCount() == 0 ? null : walk.parseCommit(at.getParent(0));
            return new FirstParentWalk(walk, trees, directory, Constants.encode(marker)).concerning(at, parent);
        });
    }

    /**
     * The first-parent line below a head.
     *
     * @param rootFile the name of a file in the root directory whose versions are collected
     */
    public FirstParentLine line(CommitId head, String rootFile) {
        return line(head, rootFile, 0);
    }

    /**
     * The same with the newest commits' objects, which {@link #newReader(FirstParentLine, int, int)} does not read again.
     *
     * @param keptBytes how much memory they may take
     */
    public FirstParentLine line(CommitId head, String rootFile, long keptBytes) {
        return read(() -> FirstParentLine.read(objects, trees, id(head), null, rootFile, keptBytes));
    }

    /** The part of the line behind a commit; the whole line, if the commit is not on it. See {@link FirstParentLine#isPart}. */
    public FirstParentLine lineAfter(CommitId earlier, CommitId head, String rootFile, long keptBytes) {
        return read(() -> FirstParentLine.read(objects, trees, id(head), id(earlier), rootFile, keptBytes));
    }

    /** The limits of what is read. */
    public ReadBudget budget() {
        return budget;
    }

    /** How the clone's commits descend from one another. */
    public CommitAncestry ancestry() {
        return new CommitAncestry(objects);
    }

    /** Drops what is kept of the commits read so far, which a reader of a whole history cannot hold. */
    public void forget() {
        walk.dispose();
    }

    /**
     * Whether a commit is on the first-parent line of a head, or the head itself. It reads the line down to that commit and keeps
     * none of it.
     */
    public boolean isOnFirstParentLine(CommitId commit, CommitId head) {
        return read(() -> {
            ObjectId sought = id(commit);
            ObjectId at = id(head);
            while (at != null && !at.equals(sought)) {
                at = FirstParentLine.firstParent(bytes(at));
            }
            return at != null;
        });
    }

    /** A commit object, as {@link BoundedObjectReader} reads it; nothing of it is kept. */
    byte[] bytes(ObjectId commit) {
        return read(() -> objects.open(commit, Constants.OBJ_COMMIT).getCachedBytes());
    }

    /** @throws BudgetExceeded when the commit has more files than a pull request may change */
    public void requireFewFiles(CommitId commit) {
        try {
            trees.changes(null, tree(commit), "", budget.changedFiles());
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /**
     * The files of a directory that differ between two commits; all of them when there is no earlier one. See {@link
     * #isTruncated}.
     *
     * @param directory empty for the whole repository
     */
    public List<FileVersion> changes(Optional<CommitId> before, CommitId now, String directory) {
        return read(() -> {
            ObjectId old = before.isEmpty() ? null : trees.directory(tree(before.get()), directory);
            return trees.changes(old, trees.directory(tree(now), directory), directory);
        });
    }

    /** Whether a tree had more than {@link #between} and {@link #changes} read, so that they did not find all. */
    public boolean isTruncated() {
        return trees.isTruncated();
    }

    /**
     * The last first-parent commit that changed each of these files, or the first commit; in one walk, however many they are.
     *
     * @param directory contains the files; empty for the whole repository
     */
    public Map<String, Commit> lastChangesOf(Set<String> paths, String directory, CommitId head) {
        return read(() -> new LastChanges(walk, trees, directory).of(paths, id(head)));
    }

    /** One commit, without its changed files. */
    public Commit commit(CommitId commit) {
        return read(() -> {
            RevCommit read = withBody(walk.parseCommit(id(commit)));
            Optional<SshPublicKey> known = signers.get(commit);
            return known == null
                    ? CommitParser.commit(read, List.of())
                    : CommitParser.commit(read, List.of(), Optional.empty(), known);
        });
    }

    /** The key that made a commit's signature, trusted or not; empty when there is none, or none that matches. */
    public Optional<SshPublicKey> signer(CommitId commit) {
        return read(() -> CommitSignature.verifiedKey(
                withBody(walk.parseCommit(id(commit))).getRawBuffer()));
    }

    /** Takes what {@link #signer} of another reader of the same clone found, so that {@link #commit} does not verify it again. */
    public void know(Map<CommitId, Optional<SshPublicKey>> verified) {
        signers = verified;
    }

    /** Whether a commit changed a file, compared with its first parent. */
    public boolean changed(CommitId commit, String path) {
        return changedAny(commit, List.of(path));
    }

    /** Whether a commit changed any of these files, compared with its first parent. */
    public boolean changedAny(CommitId commit, List<String> paths) {
        return read(() -> {
            RevCommit at = walk.parseCommit(id(commit));
            RevTree now = at.getTree();
            RevTree before = at.getParentCount() == 0
                    ? null
                    : walk.parseCommit(at.getParent(0)).getTree();
            return !now.equals(before) && differInAny(before, now, paths);
        });
    }

    private boolean differInAny(@Nullable RevTree before, RevTree now, List<String> paths) throws IOException {
        for (String path : paths) {
            ObjectId old = before == null ? null : trees.entry(before, path);
            if (!Objects.equals(old, trees.entry(now, path))) {
                return true;
            }
        }
        return false;
    }

    /**
     * A reader of the same clone for another thread, which reads a part of a first-parent line. It takes the commits that the line
     * has kept. It is closed by itself.
     */
    public CommitReader newReader(FirstParentLine line, int from, int to) {
        Map<ObjectId, byte[]> known = new HashMap<>();
        for (int index = from; index < to; index++) {
            byte[] commit = line.take(index);
            if (commit != null) {
                known.put(id(line.commit(index)), commit);
            }
        }
        return new CommitReader(objects.newReader(known), budget);
    }

    /**
     * The id that a commit has without its signature: the same for commits that differ in nothing else, whichever key signed
     * them.
     */
    public CommitId unsignedId(CommitId commit) {
        try (ObjectInserter.Formatter ids = new ObjectInserter.Formatter()) {
            byte[] bytes = objects.open(id(commit), Constants.OBJ_COMMIT).getBytes();
            return CommitSignature.of(bytes)
                    .map(found -> new CommitId(
                            ids.idFor(Constants.OBJ_COMMIT, found.signed()).name()))
                    .orElse(commit);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** Whether a commit changed no file. */
    public boolean hasNoChanges(CommitId commit) {
        return read(() -> {
            RevCommit at = walk.parseCommit(id(commit));
            return at.getParentCount() > 0
                    && at.getTree().equals(walk.parseCommit(at.getParent(0)).getTree());
        });
    }

    /** A commit's first parent; empty for the first commit. */
    public Optional<CommitId> firstParent(CommitId commit) {
        return parents(commit).stream().findFirst();
    }

    /** A commit's parents, in order. */
    public List<CommitId> parents(CommitId commit) {
        return read(() -> Stream.of(walk.parseCommit(id(commit)).getParents())
                .map(parent -> new CommitId(parent.name()))
                .toList());
    }

    /**
     * All files that differ between two commits.
     *
     * @throws BudgetExceeded when they are more than the budget allows
     */
    public List<FileVersion> filesChanged(CommitId before, CommitId now) {
        return read(() -> trees.changes(tree(before), tree(now), "", budget.changedFiles()));
    }

    /**
     * The files that both sides of a merge changed, each in its way. In every other file, the result has what one side changed.
     *
     * @return empty when another file of the result has something else, or not both sides have a file there
     * @throws BudgetExceeded when these are more than the budget allows
     */
    public Optional<List<String>> changedOnBothSides(CommitId base, CommitId ours, CommitId theirs, CommitId result) {
        return read(() -> trees.changedOnBothSides(
                List.of(tree(base), tree(ours), tree(theirs), tree(result)), budget.changedFiles()));
    }

    /** A file's content in a commit's first parent; empty when there is none, or it is larger than the budget. */
    public Optional<byte[]> contentBefore(CommitId commit, String path) {
        return read(() -> {
            RevCommit at = walk.parseCommit(id(commit));
            if (at.getParentCount() == 0) {
                return Optional.empty();
            }
            ObjectId blob = trees.entry(walk.parseCommit(at.getParent(0)).getTree(), path);
            return blob == null ? Optional.empty() : content(new BlobId(blob.name()));
        });
    }

    /** A file's blob id; empty when there is no such file. */
    public Optional<BlobId> file(CommitId commit, String path) {
        return read(() -> {
            ObjectId blob = trees.entry(tree(commit), path);
            return blob == null ? Optional.empty() : Optional.of(new BlobId(blob.name()));
        });
    }

    /** Whether there is something else than a regular file at a path: a directory, a symbolic link or a submodule. */
    public boolean isIrregular(CommitId commit, String path) {
        return read(() -> trees.isIrregular(tree(commit), path));
    }

    /** A file's content; empty, and not loaded, when it is larger than the budget. */
    public Optional<byte[]> content(BlobId blob) {
        return read(() -> {
            ObjectLoader loader = objects.open(ObjectId.fromString(blob.value()), Constants.OBJ_BLOB);
            return loader.getSize() > budget.blobBytes() ? Optional.empty() : Optional.of(loader.getBytes());
        });
    }

    /** The first entries of a directory, in git's order; none when there is no such directory. */
    public List<TreeEntry> list(CommitId commit, String directory, int limit) {
        return read(() -> trees.list(tree(commit), directory, limit));
    }

    @FunctionalInterface
    private interface CloneRead<T> {
        T result() throws IOException;
    }

    /** @throws CloneBroken when the clone cannot be read */
    private static <T> T read(CloneRead<T> read) {
        try {
            return read.result();
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    private ObjectId tree(CommitId commit) throws IOException {
        return walk.parseCommit(id(commit)).getTree();
    }

    /** The commit with its message, which {@link #between} discards. */
    private RevCommit withBody(RevCommit commit) throws IOException {
        walk.parseBody(commit);
        return commit;
    }

    private static ObjectId id(CommitId commit) {
        return ObjectId.fromString(commit.value());
    }

    @Override
    public void close() {
        walk.close();
        objects.close();
    }
}
