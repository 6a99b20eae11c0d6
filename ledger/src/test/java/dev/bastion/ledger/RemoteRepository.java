package dev.bastion.ledger;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.object.BoundedObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** The remote: a bare repository on disk, in which people commit by hand. */
public final class RemoteRepository implements AutoCloseable {
    /** The content that stands for a deleted file. */
    public static final String REMOVED = "";
    /** The beginning of a content that makes the file a symbolic link to the rest. */
    public static final String LINK = "link to ";
    /** As a file's content: a submodule. */
    public static final String SUBMODULE = "submodule";

    private static final String BRANCH = "refs/heads/main";

    private final Repository repository;

    private RemoteRepository(Repository repository) {
        this.repository = repository;
    }

    /** Creates a repository whose first commit has these files. */
    public static RemoteRepository in(Path directory, Map<String, String> files) {
        try {
            Repository created = new RepositoryBuilder()
                    .setBare()
                    .setGitDir(directory.toFile())
                    .build();
            created.create(true);
            created.updateRef("HEAD").link(BRANCH);
            // JGit would collect garbage in the background, also what a test is just writing
            created.getConfig().setBoolean("receive", null, "autogc", false);
            created.getConfig().save();
            RemoteRepository remote = new RemoteRepository(created);
            remote.commit("Environments", files);
            return remote;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Repository repository() {
        return repository;
    }

    public String url() {
        return "file://" + repository.getDirectory().getAbsolutePath();
    }

    public CommitId commit(String message, String path, String content) {
        return commit(message, Map.of(path, content));
    }

    /** Commits these files on the branch, as a person would. */
    public CommitId commit(String message, Map<String, String> files) {
        try {
            return move(build(message, files, headOrNull()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits these files on another commit, as the head of a pull request. */
    public CommitId pushPullRequest(int number, CommitId upon, Map<String, String> files) {
        try {
            ObjectId commit = build("Pull request " + number, files, ObjectId.fromString(upon.value()));
            RefUpdate update = repository.updateRef("refs/pull/" + number + "/head");
            update.setNewObjectId(commit);
            update.forceUpdate();
            return new CommitId(commit.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Creates a commit outside any branch, with one parent or, as a merge, several. Its files are those of the first
     * parent and these.
     */
    public CommitId commitOffBranch(Map<String, String> files, CommitId... upon) {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit created = walk.parseCommit(build("Aside", files, ObjectId.fromString(upon[0].value())));
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(created.getTree());
            for (CommitId parent : upon) {
                commit.addParentId(ObjectId.fromString(parent.value()));
            }
            return new CommitId(sign(commit, "Aside").name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves the branch to a commit. */
    public void moveBranchTo(CommitId commit) {
        try {
            move(ObjectId.fromString(commit.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves the head of a pull request to a commit. */
    public void setPullRequestHead(int number, CommitId head) {
        try (RevWalk walk = new RevWalk(new BoundedObjectReader(repository.newObjectReader(), 10_000))) {
            RefUpdate update = repository.updateRef("refs/pull/" + number + "/head");
            update.setNewObjectId(ObjectId.fromString(head.value()));
            update.setForceUpdate(true);
            update.update(walk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the branch's history with one commit that has the same files. */
    public CommitId squash() {
        try (RevWalk walk = new RevWalk(repository)) {
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(walk.parseCommit(headOrNull()).getTree());
            return move(sign(commit, "All in one"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a commit without a parent, outside any branch. */
    public CommitId orphan(Map<String, String> files) {
        try {
            return new CommitId(build("Orphan", files, null).name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the message of a pull request's head. */
    public CommitId amendPullRequest(int number, String message) {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit head = walk.parseCommit(repository.resolve("refs/pull/" + number + "/head"));
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(head.getTree());
            commit.setParentId(head.getParent(0));
            CommitId amended = new CommitId(sign(commit, message).name());
            setPullRequestHead(number, amended);
            return amended;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Commits this content of a file on the branch, whatever its bytes. */
    public CommitId commitBytes(String message, String path, byte[] content) {
        return commitRaw(
                "author Jane Roe <jane@example.com> 1768471200 +0000\n"
                        + "committer Jane Roe <jane@example.com> 1768471200 +0000\n\n" + message,
                path,
                content);
    }

    /**
     * Commits this content of a file on the branch, as a commit object that no git client writes.
     *
     * @param rest what follows the commit's tree and parent
     */
    public CommitId commitRaw(String rest, String path, byte[] content) {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId parent = headOrNull();
            ObjectId blob = inserter.insert(Constants.OBJ_BLOB, content);
            DirCache index = indexOf(parent);
            DirCacheEditor editor = index.editor();
            editor.add(new DirCacheEditor.PathEdit(path) {
                @Override
                public void apply(DirCacheEntry entry) {
                    entry.setFileMode(FileMode.REGULAR_FILE);
                    entry.setObjectId(blob);
                }
            });
            editor.finish();
            ObjectId tree = index.writeTree(inserter);
            String text = "tree " + tree.name() + "\nparent " + parent.name() + "\n" + rest;
            ObjectId commit = inserter.insert(Constants.OBJ_COMMIT, text.getBytes(StandardCharsets.UTF_8));
            inserter.flush();
            Files.writeString(repository.getDirectory().toPath().resolve(BRANCH), commit.name() + "\n");
            return new CommitId(commit.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Commits a directory of few objects that has more entries than can be read: twenty levels of ten directories each.
     *
     * @param hasFiles whether there are files at the end, or only directories
     */
    public CommitId commitExplosion(String path, boolean hasFiles) {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            TreeFormatter leaf = new TreeFormatter();
            if (hasFiles) {
                leaf.append("a.hcl", FileMode.REGULAR_FILE, inserter.insert(Constants.OBJ_BLOB, new byte[0]));
            }
            ObjectId tree = inserter.insert(leaf);
            for (int level = 0; level < 20; level++) {
                TreeFormatter wide = new TreeFormatter();
                for (int i = 0; i < 10; i++) {
                    wide.append("d" + i, FileMode.TREE, tree);
                }
                tree = inserter.insert(wide);
            }
            ObjectId parent = repository.resolve(BRANCH);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(with(inserter, repository.resolve(BRANCH + "^{tree}"), path, tree));
            commit.setParentId(parent);
            PersonIdent mallory =
                    new PersonIdent("Mallory", "m@example.com", Instant.ofEpochSecond(1768471200), ZoneOffset.UTC);
            commit.setAuthor(mallory);
            commit.setCommitter(mallory);
            commit.setMessage("More");
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            Files.writeString(repository.getDirectory().toPath().resolve(BRANCH), id.name() + "\n");
            return new CommitId(id.name());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tree with a directory put at a path; its name must sort behind its neighbours'. */
    private ObjectId with(ObjectInserter inserter, ObjectId root, String path, ObjectId tree) throws IOException {
        int slash = path.indexOf('/');
        String first = slash < 0 ? path : path.substring(0, slash);
        TreeFormatter formatter = new TreeFormatter();
        boolean isThere = false;
        CanonicalTreeParser entry = new CanonicalTreeParser();
        try (ObjectReader reader = repository.newObjectReader()) {
            for (entry.reset(reader, root); !entry.eof(); entry.next(1)) {
                boolean isIt = entry.getEntryPathString().equals(first);
                isThere |= isIt;
                ObjectId id = isIt
                        ? with(inserter, entry.getEntryObjectId(), path.substring(slash + 1), tree)
                        : entry.getEntryObjectId();
                formatter.append(entry.getEntryPathString(), FileMode.fromBits(entry.getEntryRawMode()), id);
            }
        }
        if (!isThere) {
            formatter.append(path, FileMode.TREE, tree);
        }
        return inserter.insert(formatter);
    }

    private ObjectId build(String message, Map<String, String> files, @Nullable ObjectId parent) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            DirCache index = indexOf(parent);
            DirCacheEditor editor = index.editor();
            for (Map.Entry<String, String> file : files.entrySet()) {
                if (file.getValue().equals(REMOVED)) {
                    editor.add(new DirCacheEditor.DeletePath(file.getKey()));
                    continue;
                }
                boolean isLink = file.getValue().startsWith(LINK);
                String text = isLink ? file.getValue().substring(LINK.length()) : file.getValue();
                ObjectId blob = inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
                boolean isSubmodule = text.equals(SUBMODULE);
                FileMode mode = isSubmodule ? FileMode.GITLINK : isLink ? FileMode.SYMLINK : FileMode.REGULAR_FILE;
                editor.add(new DirCacheEditor.PathEdit(file.getKey()) {
                    @Override
                    public void apply(DirCacheEntry entry) {
                        entry.setFileMode(mode);
                        entry.setObjectId(blob);
                    }
                });
            }
            editor.finish();
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            inserter.flush();
            if (parent != null) {
                commit.setParentId(parent);
            }
            return sign(commit, message);
        }
    }

    private DirCache indexOf(@Nullable ObjectId commit) throws IOException {
        DirCache index = DirCache.newInCore();
        if (commit != null) {
            try (RevWalk walk = new RevWalk(new BoundedObjectReader(repository.newObjectReader(), 10_000))) {
                DirCacheBuilder builder = index.builder();
                builder.addTree(
                        new byte[0],
                        DirCacheEntry.STAGE_0,
                        walk.getObjectReader(),
                        walk.parseCommit(commit).getTree());
                builder.finish();
            }
        }
        return index;
    }

    private ObjectId sign(CommitBuilder commit, String message) throws IOException {
        PersonIdent jane =
                new PersonIdent("Jane Roe", "jane@example.com", Instant.ofEpochSecond(1768471200), ZoneOffset.UTC);
        commit.setAuthor(jane);
        commit.setCommitter(jane);
        commit.setMessage(message);
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            return id;
        }
    }

    private CommitId move(ObjectId to) throws IOException {
        RefUpdate update = repository.updateRef(BRANCH);
        update.setNewObjectId(to);
        update.forceUpdate();
        return new CommitId(to.name());
    }

    public CommitId head() {
        return new CommitId(headOrNull().name());
    }

    private ObjectId headOrNull() {
        try {
            return repository.resolve(BRANCH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String blobOf(String path) {
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk found = TreeWalk.forPath(
                        repository, path, walk.parseCommit(headOrNull()).getTree())) {
            return found.getObjectId(0).name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String file(String path) {
        try {
            return new String(repository.open(ObjectId.fromString(blobOf(path))).getBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The branch's commits by id, newest first. */
    public Map<CommitId, RevCommit> log() {
        Map<CommitId, RevCommit> log = new LinkedHashMap<>();
        try (RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(headOrNull()));
            walk.forEach(commit -> log.put(new CommitId(commit.name()), commit));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return log;
    }

    public List<String> subjects() {
        List<String> subjects = new ArrayList<>();
        log().values().forEach(commit -> subjects.add(commit.getShortMessage()));
        return subjects;
    }

    @Override
    public void close() {
        repository.close();
    }
}
