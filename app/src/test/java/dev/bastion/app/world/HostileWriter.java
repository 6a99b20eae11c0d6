package dev.bastion.app.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.LockFile;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** A writer of the ledger's repository who writes objects as no git client does. */
public final class HostileWriter {
    private static final String MAIN = "refs/heads/main";

    private final LedgerRemote remote;
    private final InstantSource clock;
    private final Repository git;

    /** @param clock the times of commits, unless they say another */
    public HostileWriter(LedgerRemote remote, InstantSource clock) {
        this.remote = remote;
        this.clock = clock;
        this.git = remote.server().repository().git();
    }

    /** A path with what it becomes; {@link FileMode#MISSING} removes the file or the directory. */
    public static final class Change {
        private final String path;
        private final FileMode mode;
        private final byte[] content;

        private Change(String path, FileMode mode, byte[] content) {
            this.path = path;
            this.mode = mode;
            this.content = content;
        }

        public String path() {
            return path;
        }

        public FileMode mode() {
            return mode;
        }

        public static Change file(String path, String text) {
            return bytes(path, text.getBytes(UTF_8));
        }

        public static Change bytes(String path, byte[] content) {
            return new Change(path, FileMode.REGULAR_FILE, content);
        }

        public static Change executable(String path, String text) {
            return new Change(path, FileMode.EXECUTABLE_FILE, text.getBytes(UTF_8));
        }

        public static Change symlink(String path, String target) {
            return new Change(path, FileMode.SYMLINK, target.getBytes(UTF_8));
        }

        /** A submodule whose commit this repository does not have. */
        public static Change submodule(String path) {
            return new Change(path, FileMode.GITLINK, new byte[0]);
        }

        public static Change removed(String path) {
            return new Change(path, FileMode.MISSING, new byte[0]);
        }
    }

    /** Author, committer and the empty line before the message. */
    public static String headers(Instant at) {
        String who = " Jane Roe <jane@example.com> " + at.getEpochSecond() + " +0000\n";
        return "author" + who + "committer" + who + "\n";
    }

    /** An environment's file as it is now. */
    public String file(String environment) {
        return remote.file(environment);
    }

    /** An environment's file, opened by hand for a long time. */
    public String opened(String environment) {
        return remote.openedByHand(environment, "U23456789", "jane.roe", "2096-01-15T12:30:00Z");
    }

    /** The request of an environment's last entry. */
    public String request(String environment) {
        return remote.messages().stream()
                .filter(message -> message.contains("Bastion-Environment: " + environment + "\n"))
                .flatMap(String::lines)
                .filter(line -> line.startsWith("Bastion-Request-Id: "))
                .map(line -> line.substring("Bastion-Request-Id: ".length()))
                .findFirst()
                .orElseThrow();
    }

    /** Commits on the branch. */
    public ObjectId commit(String message, Change... changes) {
        return commitRaw((headers(clock.instant()) + message).getBytes(UTF_8), changes);
    }

    /** Commits a tree as a directory among the environments. */
    public ObjectId commitTree(String message, String name, ObjectId tree) {
        return advance(head -> commitTree(head, message, name, tree));
    }

    private ObjectId commitTree(ObjectId at, String message, String name, ObjectId tree) {
        try (RevWalk walk = new RevWalk(git)) {
            RevCommit head = walk.parseCommit(at);
            CanonicalTreeParser root = parser(walk, head.getTree());
            ObjectId environments = subtree(walk, head.getTree(), "environments");
            ObjectId with = with(parser(walk, environments), name, tree);
            return insert(
                    with(root, "environments", with),
                    List.of(head),
                    (headers(clock.instant()) + message).getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tree that contains another one under each of these names, or a file where there is none. */
    public ObjectId tree(List<String> names, FileMode mode, ObjectId each) {
        TreeFormatter formatter = new TreeFormatter();
        names.stream().sorted().forEach(name -> formatter.append(name, mode, each));
        return insert(formatter);
    }

    public ObjectId blob(String content) {
        try (ObjectInserter inserter = git.newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, content.getBytes(UTF_8));
            inserter.flush();
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectId insert(TreeFormatter formatter) {
        try (ObjectInserter inserter = git.newObjectInserter()) {
            ObjectId id = inserter.insert(formatter);
            inserter.flush();
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same tree with one more directory, or another in its place. */
    private ObjectId with(CanonicalTreeParser entries, String name, ObjectId tree) {
        TreeFormatter formatter = new TreeFormatter();
        boolean isAdded = false;
        for (; !entries.eof(); entries.next(1)) {
            String entry = entries.getEntryPathString();
            if (!isAdded && name.compareTo(entry) <= 0) {
                formatter.append(name, FileMode.TREE, tree);
                isAdded = true;
            }
            if (!entry.equals(name)) {
                formatter.append(entry, entries.getEntryFileMode(), entries.getEntryObjectId());
            }
        }
        if (!isAdded) {
            formatter.append(name, FileMode.TREE, tree);
        }
        return insert(formatter);
    }

    private static CanonicalTreeParser parser(RevWalk walk, ObjectId tree) throws IOException {
        return new CanonicalTreeParser(null, walk.getObjectReader(), tree);
    }

    private static ObjectId subtree(RevWalk walk, ObjectId tree, String name) throws IOException {
        for (CanonicalTreeParser entries = parser(walk, tree); !entries.eof(); entries.next(1)) {
            if (entries.getEntryPathString().equals(name)) {
                return entries.getEntryObjectId();
            }
        }
        throw new IllegalArgumentException(name + " does not exist");
    }

    /** @param rest what follows the commit's tree and parents */
    public ObjectId commitRaw(byte[] rest, Change... changes) {
        return advance(head -> insert(rest, List.of(head), changes));
    }

    /** A commit outside any branch: its files are those of the first parent with these changes. */
    public ObjectId aside(String message, List<ObjectId> parents, Change... changes) {
        return insert((headers(clock.instant()) + message).getBytes(UTF_8), parents, changes);
    }

    /** Many commits without changes on another one, outside any branch. */
    public ObjectId chain(ObjectId from, int count) {
        try (RevWalk walk = new RevWalk(git);
                ObjectInserter inserter = ((ObjectDirectory) git.getObjectDatabase()).newPackInserter()) {
            String tree = "tree " + walk.parseCommit(from).getTree().name() + "\nparent ";
            ObjectId at = from;
            for (int number = 0; number < count; number++) {
                String commit = tree + at.name() + "\n" + headers(clock.instant()) + "Commit " + number;
                at = inserter.insert(Constants.OBJ_COMMIT, commit.getBytes(UTF_8));
            }
            inserter.flush();
            return at;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tag of the head, tagged again and again. */
    public ObjectId tags(int count) {
        try (ObjectInserter inserter = git.newObjectInserter()) {
            ObjectId at = head();
            String type = "commit";
            for (int number = 0; number < count; number++) {
                String tag =
                        "object " + at.name() + "\ntype " + type + "\ntag t" + number + "\ntagger J <j@x> 1 +0000\n\nx";
                at = inserter.insert(Constants.OBJ_TAG, tag.getBytes(UTF_8));
                type = "tag";
            }
            inserter.flush();
            return at;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A commit without a parent, outside any branch, with another's files. */
    public ObjectId orphan(String message, ObjectId files) {
        try (RevWalk walk = new RevWalk(git)) {
            return insert(
                    walk.parseCommit(files).getTree(), List.of(), (headers(clock.instant()) + message).getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ObjectId head() {
        try {
            return git.resolve(MAIN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commit that the branch's head has as its first parent. */
    public ObjectId beforeHead() {
        try (RevWalk walk = new RevWalk(git)) {
            RevCommit head = walk.parseCommit(head());
            return head.getParent(0).copy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves the branch to a commit on its head, made again if another push came first. */
    private ObjectId advance(UnaryOperator<ObjectId> commitOn) {
        LockFile branch = new LockFile(git.getDirectory().toPath().resolve(MAIN).toFile());
        while (true) {
            ObjectId head = head();
            ObjectId commit = commitOn.apply(head);
            try {
                if (branch.lock()) {
                    try {
                        if (head().equals(head)) {
                            branch.write(commit);
                            branch.commit();
                            return commit;
                        }
                    } finally {
                        branch.unlock();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Moves the branch, whatever is pushed meanwhile. */
    public ObjectId moveTo(ObjectId commit) {
        return point(MAIN, commit);
    }

    /** Writes a ref, whatever its name and its commit. */
    public ObjectId point(String ref, ObjectId commit) {
        try {
            Path file = git.getDirectory().toPath().resolve(ref);
            Files.createDirectories(file.getParent());
            Files.writeString(file, commit.name() + "\n");
            return commit;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectId insert(byte[] rest, List<ObjectId> parents, Change... changes) {
        try (ObjectInserter inserter = git.newObjectInserter()) {
            DirCache index = indexOf(parents.getFirst());
            DirCacheEditor editor = index.editor();
            for (Change change : changes) {
                if (change.mode.equals(FileMode.MISSING)) {
                    editor.add(new DirCacheEditor.DeletePath(change.path));
                    editor.add(new DirCacheEditor.DeleteTree(change.path));
                } else {
                    editor.add(edit(change, objectOf(change, inserter)));
                }
            }
            editor.finish();
            ObjectId tree = index.writeTree(inserter);
            inserter.flush();
            return insert(tree, parents, rest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectId objectOf(Change change, ObjectInserter inserter) throws IOException {
        return change.mode.equals(FileMode.GITLINK)
                ? ObjectId.fromString("c0ffee".repeat(6) + "c0ff")
                : inserter.insert(Constants.OBJ_BLOB, change.content);
    }

    private static DirCacheEditor.PathEdit edit(Change change, ObjectId object) {
        return new DirCacheEditor.PathEdit(change.path) {
            @Override
            public void apply(DirCacheEntry entry) {
                entry.setFileMode(change.mode);
                entry.setObjectId(object);
            }
        };
    }

    private DirCache indexOf(ObjectId commit) throws IOException {
        DirCache index = DirCache.newInCore();
        try (RevWalk walk = new RevWalk(git)) {
            DirCacheBuilder builder = index.builder();
            builder.addTree(
                    new byte[0],
                    DirCacheEntry.STAGE_0,
                    walk.getObjectReader(),
                    walk.parseCommit(commit).getTree());
            builder.finish();
        }
        return index;
    }

    private ObjectId insert(ObjectId tree, List<ObjectId> parents, byte[] rest) {
        StringBuilder head = new StringBuilder("tree " + tree.name() + "\n");
        parents.forEach(parent -> head.append("parent ").append(parent.name()).append('\n'));
        byte[] start = head.toString().getBytes(UTF_8);
        byte[] commit = new byte[start.length + rest.length];
        System.arraycopy(start, 0, commit, 0, start.length);
        System.arraycopy(rest, 0, commit, start.length, rest.length);
        try (ObjectInserter inserter = git.newObjectInserter()) {
            ObjectId id = inserter.insert(Constants.OBJ_COMMIT, commit);
            inserter.flush();
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
