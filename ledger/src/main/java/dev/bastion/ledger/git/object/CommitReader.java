package dev.bastion.ledger.git.object;

import dev.bastion.access.grant.CommitId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** Reads commits and files of the clone. */
public final class CommitReader implements AutoCloseable {
    private final ObjectReader objects;
    private final RevWalk walk;
    private final TreeReader trees;

    public CommitReader(Repository repository) {
        this.objects = repository.newObjectReader();
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

    /** Whether one commit is among what another leads to. */
    public boolean leadsTo(CommitId later, CommitId earlier) {
        try (RevWalk fresh = new RevWalk(objects)) {
            return fresh.isMergedInto(fresh.parseCommit(id(earlier)), fresh.parseCommit(id(later)));
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /**
     * What happened to the branch between two heads, oldest first, as far as it concerns a directory: its first-parent
     * commits whose message has the mark, and those that changed something in the directory, with what they changed.
     * A commit with the mark is taken at its word: what it changed is not looked at.
     *
     * @param after the head before; empty for the beginning
     * @return empty when the earlier head is not on the first-parent line of the later one
     */
    public Optional<List<Commit>> between(Optional<CommitId> after, CommitId upTo, String directory, String mark) {
        try {
            return new FirstParentWalk(walk, trees, directory, Constants.encode(mark))
                    .between(after.map(CommitReader::id).orElse(null), id(upTo));
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** The files in a directory that differ between two commits; all of them when there is no earlier one. */
    public List<FileVersion> changes(Optional<CommitId> before, CommitId now, String directory) {
        try {
            ObjectId old = before.isEmpty() ? null : trees.directory(tree(before.get()), directory);
            return trees.changes(old, trees.directory(tree(now), directory), directory);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** The last commit of the first-parent line that changed a file; the line's first one when none did. */
    public Commit lastChangeOf(String path, CommitId head) {
        try {
            RevCommit at = walk.parseCommit(id(head));
            ObjectId now = trees.entry(at.getTree(), path);
            while (at.getParentCount() > 0) {
                RevCommit parent = walk.parseCommit(at.getParent(0));
                ObjectId before = trees.entry(parent.getTree(), path);
                if (now == null ? before != null : !now.equals(before)) {
                    break;
                }
                at = parent;
            }
            return commit(whole(at), List.of());
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** One commit; what it changed is not looked at. */
    public Commit commit(CommitId commit) {
        try {
            return commit(whole(walk.parseCommit(id(commit))), List.of());
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** Whether a file is another than in the commit's first parent. */
    public boolean changed(CommitId commit, String path) {
        return !file(commit, path).equals(parents(commit).stream().findFirst().flatMap(parent -> file(parent, path)));
    }

    /** Whether a commit changed no file at all. */
    public boolean changedNothing(CommitId commit) {
        try {
            RevCommit at = walk.parseCommit(id(commit));
            return at.getParentCount() > 0
                    && at.getTree().equals(walk.parseCommit(at.getParent(0)).getTree());
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** The commits one stands on, the one it was made upon first. */
    public List<CommitId> parents(CommitId commit) {
        try {
            return Stream.of(walk.parseCommit(id(commit)).getParents())
                    .map(parent -> new CommitId(parent.name()))
                    .toList();
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** The commits at which two lines parted: several where each was merged into the other, none where they never met. */
    public List<CommitId> forks(CommitId one, CommitId other) {
        try (RevWalk fresh = new RevWalk(objects)) {
            fresh.setRevFilter(RevFilter.MERGE_BASE);
            fresh.markStart(fresh.parseCommit(id(one)));
            fresh.markStart(fresh.parseCommit(id(other)));
            List<CommitId> forks = new ArrayList<>();
            for (RevCommit fork = fresh.next(); fork != null; fork = fresh.next()) {
                forks.add(new CommitId(fork.name()));
            }
            return forks;
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** The paths of all files, wherever they are, that are not the same in two commits. */
    public List<String> pathsChanged(CommitId before, CommitId now) {
        try {
            return trees.changes(tree(before), tree(now), "").stream()
                    .map(file -> file.path().substring(1))
                    .toList();
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** The bytes of a file in a commit's first parent; empty when there is none. */
    public Optional<byte[]> contentBefore(CommitId commit, String path) {
        try {
            RevCommit at = walk.parseCommit(id(commit));
            if (at.getParentCount() == 0) {
                return Optional.empty();
            }
            ObjectId blob = trees.entry(walk.parseCommit(at.getParent(0)).getTree(), path);
            return blob == null
                    ? Optional.empty()
                    : Optional.of(objects.open(blob, Constants.OBJ_BLOB).getBytes());
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /** The file at a path; empty when there is none. */
    public Optional<BlobId> file(CommitId commit, String path) {
        try {
            ObjectId blob = trees.entry(tree(commit), path);
            return blob == null ? Optional.empty() : Optional.of(new BlobId(blob.name()));
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    public byte[] content(BlobId blob) {
        try {
            return objects.open(ObjectId.fromString(blob.value()), Constants.OBJ_BLOB)
                    .getBytes();
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    private ObjectId tree(CommitId commit) throws IOException {
        return walk.parseCommit(id(commit)).getTree();
    }

    /** Its text again, if {@link #between} has let go of it. */
    private RevCommit whole(RevCommit commit) throws IOException {
        walk.parseBody(commit);
        return commit;
    }

    static Commit commit(RevCommit commit, List<FileVersion> changed) {
        return commit(commit, changed, Optional.empty());
    }

    static Commit commit(RevCommit commit, List<FileVersion> changed, Optional<String> merged) {
        PersonIdent author = commit.getAuthorIdent();
        return new Commit(
                new CommitId(commit.name()),
                author.getName(),
                author.getEmailAddress(),
                commit.getCommitterIdent().getWhenAsInstant(),
                commit.getFullMessage(),
                changed,
                merged);
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
