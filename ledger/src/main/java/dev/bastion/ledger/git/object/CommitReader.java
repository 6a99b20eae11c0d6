package dev.bastion.ledger.git.object;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.signature.CommitSignature;
import dev.bastion.ledger.git.signature.SshPublicKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
import org.eclipse.jgit.revwalk.filter.RevFilter;
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
        try {
            return objects.has(id(commit), Constants.OBJ_COMMIT);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** Whether the earlier commit is an ancestor of the later one, or the same. */
    public boolean isDescendant(CommitId later, CommitId earlier) {
        try (RevWalk separateWalk = new RevWalk(objects)) {
            return separateWalk.isMergedInto(
                    separateWalk.parseCommit(id(earlier)), separateWalk.parseCommit(id(later)));
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
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
        try {
            return new FirstParentWalk(walk, trees, directory, Constants.encode(marker))
                    .between(after.map(CommitReader::id).orElse(null), id(upTo));
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /**
     * A commit of the first-parent line as {@link #between} reads it; empty when it does not concern the directory.
     *
     * @param marker what the messages of entries contain
     */
    public Optional<Commit> concerning(CommitId commit, String directory, String marker) {
        try {
            RevCommit at = withBody(walk.parseCommit(id(commit)));
            RevCommit parent = at.getParentCount() == 0 ? null : walk.parseCommit(at.getParent(0));
            return new FirstParentWalk(walk, trees, directory, Constants.encode(marker)).concerning(at, parent);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
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
        try {
            return FirstParentLine.read(objects, trees, id(head), null, rootFile, keptBytes);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** The part of the line behind a commit; the whole line, if the commit is not on it. See {@link FirstParentLine#isPart}. */
    public FirstParentLine lineAfter(CommitId earlier, CommitId head, String rootFile, long keptBytes) {
        try {
            return FirstParentLine.read(objects, trees, id(head), id(earlier), rootFile, keptBytes);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** The limits of what is read. */
    public ReadBudget budget() {
        return budget;
    }

    /** Drops what is kept of the commits read so far, which a reader of a whole history cannot hold. */
    public void forget() {
        walk.dispose();
    }

    /** Whether a commit is on the first-parent line of a head, or the head itself. */
    public boolean isOnFirstParentLine(CommitId commit, CommitId head) {
        for (Optional<CommitId> at = Optional.of(head); at.isPresent(); at = firstParent(at.get())) {
            if (at.get().equals(commit)) {
                return true;
            }
        }
        return false;
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
        try {
            ObjectId old = before.isEmpty() ? null : trees.directory(tree(before.get()), directory);
            return trees.changes(old, trees.directory(tree(now), directory), directory);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
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
        try {
            return lastChanges(new HashSet<>(paths), directory, walk.parseCommit(id(head)));
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    private Map<String, Commit> lastChanges(Set<String> missing, String directory, RevCommit head) throws IOException {
        Map<String, Commit> found = new HashMap<>();
        RevCommit at = head;
        while (!missing.isEmpty() && at.getParentCount() > 0) {
            RevCommit parent = walk.parseCommit(at.getParent(0));
            for (String path : changed(parent, at, directory, missing)) {
                found.put(path, CommitParser.commit(withBody(at), List.of()));
                missing.remove(path);
            }
            at = parent;
        }
        for (String path : missing) {
            found.put(path, CommitParser.commit(withBody(at), List.of()));
        }
        return found;
    }

    private List<String> changed(RevCommit before, RevCommit now, String directory, Set<String> among)
            throws IOException {
        ObjectId old = trees.directory(before.getTree(), directory);
        ObjectId current = trees.directory(now.getTree(), directory);
        return Objects.equals(old, current)
                ? List.of()
                : trees.changes(old, current, directory).stream()
                        .map(FileVersion::path)
                        .filter(among::contains)
                        .toList();
    }

    /** One commit, without its changed files. */
    public Commit commit(CommitId commit) {
        try {
            RevCommit read = withBody(walk.parseCommit(id(commit)));
            Optional<SshPublicKey> known = signers.get(commit);
            return known == null
                    ? CommitParser.commit(read, List.of())
                    : CommitParser.commit(read, List.of(), Optional.empty(), known);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** The key that made a commit's signature, trusted or not; empty when there is none, or none that matches. */
    public Optional<SshPublicKey> signer(CommitId commit) {
        try {
            return CommitSignature.verifiedKey(
                    withBody(walk.parseCommit(id(commit))).getRawBuffer());
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
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
        try {
            RevCommit at = walk.parseCommit(id(commit));
            RevTree now = at.getTree();
            RevTree before = at.getParentCount() == 0
                    ? null
                    : walk.parseCommit(at.getParent(0)).getTree();
            return !now.equals(before) && differInAny(before, now, paths);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
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
        try {
            RevCommit at = walk.parseCommit(id(commit));
            return at.getParentCount() > 0
                    && at.getTree().equals(walk.parseCommit(at.getParent(0)).getTree());
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** A commit's first parent; empty for the first commit. */
    public Optional<CommitId> firstParent(CommitId commit) {
        return parents(commit).stream().findFirst();
    }

    /** A commit's parents, in order. */
    public List<CommitId> parents(CommitId commit) {
        try {
            return Stream.of(walk.parseCommit(id(commit)).getParents())
                    .map(parent -> new CommitId(parent.name()))
                    .toList();
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** The commits that one head has and another has not; empty when they are more than that. */
    public Optional<Set<CommitId>> onlyIn(CommitId head, CommitId other, int most) {
        try (RevWalk separateWalk = new RevWalk(objects)) {
            separateWalk.markStart(separateWalk.parseCommit(id(head)));
            separateWalk.markUninteresting(separateWalk.parseCommit(id(other)));
            Set<CommitId> found = new HashSet<>();
            for (RevCommit commit = separateWalk.next(); commit != null; commit = separateWalk.next()) {
                if (found.size() == most) {
                    return Optional.empty();
                }
                found.add(new CommitId(commit.name()));
            }
            return Optional.of(found);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** The merge bases of two commits: several after criss-cross merges, none for unrelated histories. */
    public List<CommitId> mergeBases(CommitId one, CommitId other) {
        try (RevWalk separateWalk = new RevWalk(objects)) {
            separateWalk.setRevFilter(RevFilter.MERGE_BASE);
            separateWalk.markStart(separateWalk.parseCommit(id(one)));
            separateWalk.markStart(separateWalk.parseCommit(id(other)));
            List<CommitId> mergeBases = new ArrayList<>();
            for (RevCommit fork = separateWalk.next(); fork != null; fork = separateWalk.next()) {
                mergeBases.add(new CommitId(fork.name()));
            }
            return mergeBases;
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /**
     * All files that differ between two commits.
     *
     * @throws BudgetExceeded when they are more than the budget allows
     */
    public List<FileVersion> filesChanged(CommitId before, CommitId now) {
        try {
            return trees.changes(tree(before), tree(now), "", budget.changedFiles());
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** A file's content in a commit's first parent; empty when there is none, or it is larger than the budget. */
    public Optional<byte[]> contentBefore(CommitId commit, String path) {
        try {
            RevCommit at = walk.parseCommit(id(commit));
            if (at.getParentCount() == 0) {
                return Optional.empty();
            }
            ObjectId blob = trees.entry(walk.parseCommit(at.getParent(0)).getTree(), path);
            return blob == null ? Optional.empty() : content(new BlobId(blob.name()));
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** A file's blob id; empty when there is no such file. */
    public Optional<BlobId> file(CommitId commit, String path) {
        try {
            ObjectId blob = trees.entry(tree(commit), path);
            return blob == null ? Optional.empty() : Optional.of(new BlobId(blob.name()));
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** Whether there is something else than a regular file at a path: a directory, a symbolic link or a submodule. */
    public boolean isIrregular(CommitId commit, String path) {
        try {
            return trees.isIrregular(tree(commit), path);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** A file's content; empty, and not loaded, when it is larger than the budget. */
    public Optional<byte[]> content(BlobId blob) {
        try {
            ObjectLoader loader = objects.open(ObjectId.fromString(blob.value()), Constants.OBJ_BLOB);
            return loader.getSize() > budget.blobBytes() ? Optional.empty() : Optional.of(loader.getBytes());
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** The first entries of a directory, in git's order; none when there is no such directory. */
    public List<TreeEntry> list(CommitId commit, String directory, int limit) {
        try {
            return trees.list(tree(commit), directory, limit);
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
