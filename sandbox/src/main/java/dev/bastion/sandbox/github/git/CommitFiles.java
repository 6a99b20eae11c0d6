package dev.bastion.sandbox.github.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The files of a commit, and the sizes of blobs. */
public final class CommitFiles {
    private final BareRepository repository;
    private final CommitHistory history;

    public CommitFiles(BareRepository repository) {
        this.repository = repository;
        this.history = new CommitHistory(repository);
    }

    /** A file's text; empty when the commit has no such file. */
    public Optional<String> text(String commit, String path) {
        try (TreeWalk found =
                TreeWalk.forPath(repository.git(), path, history.commit(commit).getTree())) {
            if (found == null || found.isSubtree()) {
                return Optional.empty();
            }
            return Optional.of(
                    new String(repository.git().open(found.getObjectId(0)).getBytes(), UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + path + " at " + commit, failure);
        }
    }

    /** A blob's bytes; 0 for what is no blob, like a submodule. */
    public long size(String blob) {
        try {
            ObjectId id = ObjectId.fromString(blob);
            return repository.git().getObjectDatabase().has(id)
                    ? repository.git().open(id, Constants.OBJ_BLOB).getSize()
                    : 0;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the blob " + blob, failure);
        }
    }
}
