package dev.bastion.ledger.git.object;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.signature.CommitSigner;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * New commits in memory, on top of a commit that the remote has. Each replaces the content of one file, which costs one
 * blob, one tree per directory above it, and one commit. Not thread-safe.
 */
public final class CommitDraft implements AutoCloseable {
    private final Optional<CommitSigner> signer;
    private final ObjectReader stored;
    private final ObjectId base;
    private final Map<AnyObjectId, DraftObject> objects = new LinkedHashMap<>();
    private final Map<String, DraftTree> trees = new HashMap<>();
    private final Set<ObjectId> replaced = new HashSet<>();
    private final Map<CommitId, byte[]> replacedFiles = new HashMap<>();
    private final ObjectInserter.Formatter ids = new ObjectInserter.Formatter();
    private ObjectId tip;

    /** @param signer signs every commit; empty for unsigned ones */
    public CommitDraft(ObjectReader stored, ObjectId base, Optional<CommitSigner> signer) throws IOException {
        this.signer = signer;
        this.stored = stored;
        this.base = base;
        this.tip = base;
        try (RevWalk walk = new RevWalk(stored)) {
            walk.setRetainBody(false);
            trees.put("", tree(walk.parseCommit(base).getTree().copy()));
        }
    }

    public boolean isEmpty() {
        return tip.equals(base);
    }

    /** The remote's commit that the draft builds on. */
    public CommitId baseCommit() {
        return new CommitId(base.name());
    }

    /** The newest commit: the branch's next head. */
    public CommitId tip() {
        return new CommitId(tip.name());
    }

    /** A file's content at the newest commit. */
    public Optional<byte[]> file(String path) {
        try {
            DraftTree directory = directory(parent(path));
            ObjectId blob = directory == null ? null : directory.findFile(name(path));
            return blob == null ? Optional.empty() : Optional.of(read(blob, Constants.OBJ_BLOB));
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    /**
     * Adds a commit that replaces the content of an existing file; both its dates are {@code at}.
     *
     * @throws dev.bastion.ledger.git.signature.SigningFailed when it cannot be signed; the draft is as it was
     */
    public CommitId commit(
            String path, byte[] bytes, String message, Signature author, Signature committer, Instant at) {
        return commit(path, bytes, message, author, committer, at, Function.identity());
    }

    /**
     * The same for a commit that is read before it counts.
     *
     * @param reading what is made of the commit's id; where it fails, the draft is as it was
     */
    public <T> T commit(
            String path,
            byte[] bytes,
            String message,
            Signature author,
            Signature committer,
            Instant at,
            Function<CommitId, T> reading) {
        return commit(signer, path, bytes, message, author, committer, at, reading);
    }

    /** The same without a signature. */
    public <T> T commitUnsigned(
            String path,
            byte[] bytes,
            String message,
            Signature author,
            Signature committer,
            Instant at,
            Function<CommitId, T> reading) {
        return commit(Optional.empty(), path, bytes, message, author, committer, at, reading);
    }

    private <T> T commit(
            Optional<CommitSigner> by,
            String path,
            byte[] bytes,
            String message,
            Signature author,
            Signature committer,
            Instant at,
            Function<CommitId, T> reading) {
        Optional<byte[]> before = file(path);
        ObjectId tree = replace(path, add(Constants.OBJ_BLOB, bytes));
        try {
            byte[] commit = signed(commit(tree, message, author, committer, at), by);
            T result = reading.apply(
                    new CommitId(ids.idFor(Constants.OBJ_COMMIT, commit).name()));
            tip = add(Constants.OBJ_COMMIT, commit);
            before.ifPresent(replacedBytes -> replacedFiles.put(tip(), replacedBytes));
            return result;
        } catch (RuntimeException | Error e) {
            before.ifPresent(unchanged -> replace(path, add(Constants.OBJ_BLOB, unchanged)));
            throw e;
        }
    }

    /** Adds a commit that changes no file, author and committer the same. */
    public CommitId commitEmpty(String message, Signature committer, Instant at) {
        ObjectId tree =
                add(Constants.OBJ_TREE, Objects.requireNonNull(trees.get("")).copyOfBytes());
        tip = add(Constants.OBJ_COMMIT, signed(commit(tree, message, committer, committer, at), signer));
        return tip();
    }

    private CommitBuilder commit(ObjectId tree, String message, Signature author, Signature committer, Instant at) {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentId(tip);
        commit.setAuthor(new PersonIdent(author.name(), author.email(), at, ZoneOffset.UTC));
        commit.setCommitter(new PersonIdent(committer.name(), committer.email(), at, ZoneOffset.UTC));
        commit.setMessage(message);
        return commit;
    }

    private static byte[] signed(CommitBuilder commit, Optional<CommitSigner> by) {
        by.map(key -> key.sign(bytes(commit)).armored())
                .map(armored -> new GpgSignature(armored.getBytes(StandardCharsets.US_ASCII)))
                .ifPresent(commit::setGpgSignature);
        return bytes(commit);
    }

    /** The content that a commit of this draft replaced; empty for other commits. */
    public Optional<byte[]> replacedBy(CommitId commit) {
        return Optional.ofNullable(replacedFiles.get(commit));
    }

    private static byte[] bytes(CommitBuilder commit) {
        try {
            return commit.build();
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("every Java platform supports UTF-8", e);
        }
    }

    /** Replaces the object at the path and the trees above it; returns the new root tree's id. */
    private ObjectId replace(String path, ObjectId object) {
        try {
            String parent = parent(path);
            DraftTree directory = directory(parent);
            if (directory == null) {
                throw new IllegalArgumentException(path + " does not exist, so it cannot be replaced");
            }
            directory.replace(name(path), object);
            ObjectId tree = add(Constants.OBJ_TREE, directory.copyOfBytes());
            return parent.isEmpty() ? tree : replace(parent, tree);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }

    private @Nullable DraftTree directory(String path) throws IOException {
        DraftTree known = trees.get(path);
        if (known != null) {
            return known;
        }
        DraftTree above = directory(parent(path));
        ObjectId id = above == null ? null : above.findTree(name(path));
        if (id == null) {
            return null;
        }
        DraftTree found = tree(id);
        trees.put(path, found);
        return found;
    }

    private DraftTree tree(ObjectId id) throws IOException {
        replaced.add(id);
        return new DraftTree(read(id, Constants.OBJ_TREE).clone());
    }

    private byte[] read(ObjectId id, int type) throws IOException {
        DraftObject drafted = objects.get(id);
        return drafted == null ? stored.open(id, type).getBytes() : drafted.bytes();
    }

    private ObjectId add(int type, byte[] bytes) {
        ObjectId id = ids.idFor(type, bytes);
        objects.putIfAbsent(id, new DraftObject(id, type, bytes));
        return id;
    }

    public ObjectId base() {
        return base;
    }

    public ObjectId head() {
        return tip;
    }

    public Collection<DraftObject> objects() {
        return objects.values();
    }

    public @Nullable DraftObject object(AnyObjectId id) {
        return objects.get(id);
    }

    /** Whether the draft replaces this tree of the base. */
    public boolean replaces(AnyObjectId tree) {
        return replaced.contains(tree);
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        ids.close();
        stored.close();
    }
}
