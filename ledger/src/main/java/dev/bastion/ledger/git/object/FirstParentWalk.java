package dev.bastion.ledger.git.object;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A walk along a branch's first-parent line, newest to oldest, that collects the commits of one directory. */
final class FirstParentWalk {
    private static final Logger LOG = LoggerFactory.getLogger(FirstParentWalk.class);

    private final RevWalk walk;
    private final TreeReader trees;
    private final String directory;
    private final byte[] marker;
    private final Deque<Commit> oldestFirst = new ArrayDeque<>();

    FirstParentWalk(RevWalk walk, TreeReader trees, String directory, byte[] marker) {
        this.walk = walk;
        this.trees = trees;
        this.directory = directory;
        this.marker = marker;
    }

    Optional<List<Commit>> between(@Nullable ObjectId after, ObjectId upTo) throws IOException {
        RevCommit at = withBody(upTo);
        while (!Objects.equals(at, after)) {
            RevCommit parent = at.getParentCount() == 0 ? null : withBody(at.getParent(0));
            concerning(at, parent).ifPresent(oldestFirst::addFirst);
            at.disposeBody();
            if (parent == null) {
                return after == null ? Optional.of(List.copyOf(oldestFirst)) : Optional.empty();
            }
            at = parent;
        }
        return Optional.of(List.copyOf(oldestFirst));
    }

    /** An earlier walk of the same reader has disposed of the bodies, and parsing alone does not read them again. */
    private RevCommit withBody(ObjectId id) throws IOException {
        RevCommit commit = walk.parseCommit(id);
        walk.parseBody(commit);
        return commit;
    }

    /**
     * The commit, if it concerns the directory. One that JGit cannot read counts for nothing: the files at the head complete
     * the history.
     */
    Optional<Commit> concerning(RevCommit commit, @Nullable RevCommit parent) throws IOException {
        try {
            return read(commit, parent);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.atError().addKeyValue("commit", commit.name()).setCause(e).log("commit.unreadable");
            return Optional.empty();
        }
    }

    private Optional<Commit> read(RevCommit commit, @Nullable RevCommit parent) throws IOException {
        if (ByteSearch.contains(commit.getRawBuffer(), marker)) {
            return Optional.of(CommitParser.commit(commit, List.of()));
        }
        if (parent != null && Objects.equals(commit.getTree(), parent.getTree())) {
            // a merge of entries that change no file
            return merged(commit)
                    .filter(message -> ByteSearch.contains(Constants.encode(message), marker))
                    .map(message -> CommitParser.commit(commit, List.of(), Optional.of(message)));
        }
        ObjectId now = trees.directory(commit.getTree(), directory);
        ObjectId before = parent == null ? null : trees.directory(parent.getTree(), directory);
        return Objects.equals(before, now)
                ? Optional.empty()
                : Optional.of(CommitParser.commit(commit, trees.changes(before, now, directory), merged(commit)));
    }

    private Optional<String> merged(RevCommit commit) throws IOException {
        if (commit.getParentCount() != 2) {
            return Optional.empty();
        }
        return Optional.of(CommitParser.messageOf(withBody(commit.getParent(1))));
    }
}
