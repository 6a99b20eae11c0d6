package dev.bastion.simulation.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The commits of the remote repository, read and written without a work tree. */
public final class GitHistory {
    private final Repository git;
    private final InstantSource clock;

    GitHistory(Repository git, InstantSource clock) {
        this.git = git;
        this.clock = clock;
    }

    /**
     * A commit as the model reads it.
     *
     * @param parents the first one is the branch as it was before
     */
    public record Entry(String id, List<String> parents, Instant at, String committer, String message) {
        /** The value of the last trailer of this name; empty when there is none. */
        public Optional<String> trailer(String name) {
            return message.lines()
                    .filter(line -> line.startsWith(name + ": "))
                    .reduce((_, last) -> last)
                    .map(line -> line.substring(name.length() + 2));
        }
    }

    /** The commit that a branch has; forty zeros when there is no such branch. */
    public String tip(String branch) {
        try {
            Ref ref = git.exactRef(Constants.R_HEADS + branch);
            return ref == null || ref.getObjectId() == null
                    ? ObjectId.zeroId().name()
                    : ref.getObjectId().name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commits of the first-parent line down to {@code known}, oldest first; all of them when it is not there. */
    public List<Entry> since(Optional<String> known, String head) {
        List<Entry> line = new ArrayList<>();
        newest(head, entry -> {
            boolean isKnown = known.filter(entry.id()::equals).isPresent();
            if (!isKnown) {
                line.add(entry);
            }
            return isKnown;
        });
        Collections.reverse(line);
        return line;
    }

    /** The newest commit of the first-parent line that is one of these. */
    public Optional<Entry> newest(String head, Predicate<Entry> wanted) {
        try (RevWalk walk = new RevWalk(git)) {
            Optional<Entry> next = Optional.of(read(walk, head));
            while (next.isPresent() && !wanted.test(next.get())) {
                List<String> parents = next.get().parents();
                next = parents.isEmpty() ? Optional.empty() : Optional.of(read(walk, parents.getFirst()));
            }
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the commit is on the first-parent line of the head. */
    public boolean has(String commit, String head) {
        return newest(head, entry -> entry.id().equals(commit)).isPresent();
    }

    private static Entry read(RevWalk walk, String id) throws IOException {
        RevCommit commit = walk.parseCommit(ObjectId.fromString(id));
        return new Entry(
                id,
                Arrays.stream(commit.getParents()).map(RevCommit::name).toList(),
                commit.getCommitterIdent().getWhenAsInstant(),
                commit.getCommitterIdent().getEmailAddress(),
                commit.getFullMessage());
    }

    /** A file of a commit, every byte a character; empty when there is none. */
    public Optional<String> file(String commit, String path) {
        try (RevWalk walk = new RevWalk(git);
                TreeWalk found = TreeWalk.forPath(
                        git, path, walk.parseCommit(ObjectId.fromString(commit)).getTree())) {
            return found == null
                    ? Optional.empty()
                    : Optional.of(new String(git.open(found.getObjectId(0)).getBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes a commit on another one; no branch has it.
     *
     * @param files new contents; an empty one removes the file
     */
    String commit(Optional<String> parent, String message, PersonIdent author, Map<String, Optional<String>> files) {
        try (ObjectInserter inserter = git.newObjectInserter()) {
            DirCache index = DirCache.newInCore();
            if (parent.isPresent()) {
                read(parent.get(), index);
            }
            DirCacheEditor editor = index.editor();
            for (Map.Entry<String, Optional<String>> file : files.entrySet()) {
                edit(editor, inserter, file.getKey(), file.getValue());
            }
            editor.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            parent.ifPresent(id -> commit.setParentId(ObjectId.fromString(id)));
            commit.setAuthor(author);
            commit.setCommitter(author);
            commit.setMessage(message);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id.name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String commit, DirCache index) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            DirCacheBuilder builder = index.builder();
            builder.addTree(
                    new byte[0],
                    DirCacheEntry.STAGE_0,
                    walk.getObjectReader(),
                    walk.parseCommit(ObjectId.fromString(commit)).getTree());
            builder.finish();
        }
    }

    private static void edit(DirCacheEditor editor, ObjectInserter inserter, String path, Optional<String> content)
            throws IOException {
        if (content.isEmpty()) {
            editor.add(new DirCacheEditor.DeletePath(path));
            return;
        }
        ObjectId blob = inserter.insert(Constants.OBJ_BLOB, content.get().getBytes(UTF_8));
        editor.add(new DirCacheEditor.PathEdit(path) {
            @Override
            public void apply(DirCacheEntry entry) {
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(blob);
            }
        });
    }

    /** A person who commits now. */
    PersonIdent person(String name, String email) {
        return new PersonIdent(name, email, clock.instant(), ZoneOffset.UTC);
    }
}
