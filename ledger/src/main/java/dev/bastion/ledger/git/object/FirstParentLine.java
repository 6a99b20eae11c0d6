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
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.util.RawParseUtils;
import org.jspecify.annotations.Nullable;

/** The ids of a branch's first-parent line, oldest first, in 20 bytes each: a history is read from its other end. */
public final class FirstParentLine {
    private static final int WORDS = Constants.OBJECT_ID_LENGTH / Integer.BYTES;
    private static final int FIRST_CAPACITY = 1024 * WORDS;
    /** The most versions of the file that are collected. */
    private static final int MOST_VERSIONS = 100;

    private int[] newestFirst = new int[FIRST_CAPACITY];
    private int size;
    private final List<Optional<BlobId>> versions = new ArrayList<>();

    private FirstParentLine() {}

    static FirstParentLine read(ObjectReader objects, TreeReader trees, ObjectId head, String rootFile)
            throws IOException {
        FirstParentLine line = new FirstParentLine();
        Set<Optional<BlobId>> seen = new HashSet<>();
        ObjectId at = head;
        while (at != null) {
            line.add(at);
            byte[] commit = objects.open(at, Constants.OBJ_COMMIT).getCachedBytes();
            if (seen.size() < MOST_VERSIONS) {
                ObjectId root = ObjectId.fromString(commit, "tree ".length());
                if (!trees.isIrregular(root, rootFile)) {
                    Optional<BlobId> version =
                            Optional.ofNullable(trees.entry(root, rootFile)).map(blob -> new BlobId(blob.name()));
                    if (seen.add(version)) {
                        line.versions.add(version);
                    }
                }
            }
            at = firstParent(commit);
        }
        return line;
    }

    /** A commit object begins with its tree, and goes on with its parents. */
    private static @Nullable ObjectId firstParent(byte[] commit) {
        int at = RawParseUtils.nextLF(commit, 0);
        int id = RawParseUtils.match(commit, at, Constants.encodeASCII("parent "));
        return id < 0 ? null : ObjectId.fromString(commit, id);
    }

    private void add(ObjectId commit) {
        if ((size + 1) * WORDS > newestFirst.length) {
            newestFirst = Arrays.copyOf(newestFirst, newestFirst.length * 2);
        }
        commit.copyRawTo(newestFirst, size * WORDS);
        size++;
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

    /** The versions of the file that was asked for, newest first and each once; empty where it is missing. */
    public List<Optional<BlobId>> versions() {
        return List.copyOf(versions);
    }
}
