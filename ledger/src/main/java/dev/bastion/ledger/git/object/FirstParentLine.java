package dev.bastion.ledger.git.object;

import dev.bastion.access.grant.CommitId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdSubclassMap;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.util.RawParseUtils;
import org.jspecify.annotations.Nullable;

/** The ids of a branch's first-parent line, oldest first, in 20 bytes each: a history is read from its other end. */
public final class FirstParentLine {
    private static final int WORDS = Constants.OBJECT_ID_LENGTH / Integer.BYTES;
    private static final byte[] PARENT = Constants.encodeASCII("parent ");
    private static final int FIRST_CAPACITY = 1024 * WORDS;
    /** The most versions of the file that are collected. */
    public static final int MOST_VERSIONS = 100;

    private int[] newestFirst = new int[FIRST_CAPACITY];
    private int size;
    private final List<Optional<BlobId>> versions = new ArrayList<>();

    /** The objects of the newest commits, newest first; null where one was taken. */
    private final List<byte @Nullable []> objects = new ArrayList<>();

    private final long mostBytes;
    private long bytes;
    private boolean isPart;

    private FirstParentLine(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * @param after the commit where the reading stops, if it is on the line; null for the whole line
     * @param keptBytes the bytes of commit objects that are kept for {@link #take}
     */
    static FirstParentLine read(
            ObjectReader objects,
            TreeReader trees,
            ObjectId head,
            @Nullable ObjectId after,
            String rootFile,
            long keptBytes)
            throws IOException {
        FirstParentLine line = new FirstParentLine(keptBytes);
        Set<Optional<BlobId>> seen = new HashSet<>();
        ObjectId at = head;
        ObjectId lastRoot = ObjectId.zeroId();
        while (at != null && !at.equals(after)) {
            line.add(at);
            byte[] commit = objects.open(at, Constants.OBJ_COMMIT).getCachedBytes();
            line.keep(commit);
            if (seen.size() < MOST_VERSIONS) {
                ObjectId root = ObjectId.fromString(commit, "tree ".length());
                if (!root.equals(lastRoot) && !trees.isIrregular(root, rootFile)) {
                    Optional<BlobId> version =
                            Optional.ofNullable(trees.entry(root, rootFile)).map(blob -> new BlobId(blob.name()));
                    if (seen.add(version)) {
                        line.versions.add(version);
                    }
                }
                lastRoot = root;
            }
            at = firstParent(commit);
        }
        line.isPart = at != null;
        return line;
    }

    /** A commit object begins with its tree, and goes on with its parents. */
    static @Nullable ObjectId firstParent(byte[] commit) {
        int id = RawParseUtils.match(commit, RawParseUtils.nextLF(commit, 0), PARENT);
        return id < 0 ? null : ObjectId.fromString(commit, id);
    }

    /** All parents of a commit object, in order. */
    static List<ObjectId> parents(byte[] commit) {
        List<ObjectId> parents = new ArrayList<>();
        int id = RawParseUtils.match(commit, RawParseUtils.nextLF(commit, 0), PARENT);
        while (id >= 0) {
            parents.add(ObjectId.fromString(commit, id));
            id = RawParseUtils.match(commit, RawParseUtils.nextLF(commit, id), PARENT);
        }
        return parents;
    }

    private void add(ObjectId commit) {
        if ((size + 1) * WORDS > newestFirst.length) {
            newestFirst = Arrays.copyOf(newestFirst, newestFirst.length * 2);
        }
        commit.copyRawTo(newestFirst, size * WORDS);
        size++;
    }

    private void keep(byte[] commit) {
        bytes += commit.length;
        if (bytes <= mostBytes) {
            objects.add(commit);
        }
    }

    /** The commit object at an index, which is kept no longer; null when it is not kept. */
    byte @Nullable [] take(int index) {
        int place = size - 1 - index;
        return place < objects.size() ? objects.set(place, null) : null;
    }

    /** Whether the line is only what follows on the commit where the reading was to stop. */
    public boolean isPart() {
        return isPart;
    }

    public int size() {
        return size;
    }

    /** The commit at an index, from 0 for the oldest. */
    public CommitId commit(int index) {
        return new CommitId(
                ObjectId.fromRaw(newestFirst, (size - 1 - index) * WORDS).name());
    }

    /** Whether the commit is at this index. */
    public boolean has(CommitId commit, int index) {
        return index >= 0 && index < size && commit(index).equals(commit);
    }

    public boolean contains(CommitId commit) {
        return IntStream.range(0, size).anyMatch(index -> has(commit, index));
    }

    /** All commits of the line, to look them up. */
    ObjectIdSubclassMap<ObjectId> ids() {
        ObjectIdSubclassMap<ObjectId> ids = new ObjectIdSubclassMap<>();
        for (int at = 0; at < size; at++) {
            ids.add(ObjectId.fromRaw(newestFirst, at * WORDS));
        }
        return ids;
    }

    /** The versions of the file that was asked for, newest first and each once; empty where it is missing. */
    public List<Optional<BlobId>> versions() {
        return List.copyOf(versions);
    }
}
