package dev.bastion.ledger.git.object;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * A reader of objects that cuts commits above a size and ends the header of those without a message, so that JGit can parse
 * them; every other object is as stored. JGit refuses commits above 5 MiB
 * with an exception wherever it meets one, which would keep the whole history from being read and pushed upon.
 *
 * <p>A cut commit keeps its header and the start of its message. A sentence stands in for the rest: it is the last
 * paragraph, so a cut message has no trailers, by git's own rule, and is no ledger entry.
 */
public final class BoundedObjectReader extends ObjectReader {
    private static final byte[] CUT =
            "\n\n(This message is too long; the rest of it was not read.)\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] END_OF_HEADER = {'\n', '\n'};

    private final ObjectReader stored;
    private final int commitBytes;
    private final Map<ObjectId, byte[]> known;

    public BoundedObjectReader(ObjectReader stored, int commitBytes) {
        this(stored, commitBytes, Map.of());
    }

    private BoundedObjectReader(ObjectReader stored, int commitBytes, Map<ObjectId, byte[]> known) {
        this.stored = stored;
        this.commitBytes = commitBytes;
        this.known = known;
    }

    @Override
    public ObjectReader newReader() {
        return newReader(Map.of());
    }

    /** @param commits that such a reader has read before */
    BoundedObjectReader newReader(Map<ObjectId, byte[]> commits) {
        return new BoundedObjectReader(stored.newReader(), commitBytes, commits);
    }

    @Override
    public ObjectLoader open(AnyObjectId id, int expected) throws IOException {
        byte[] read = known.isEmpty() ? null : known.get(id);
        if (read != null) {
            return new ObjectLoader.SmallObject(Constants.OBJ_COMMIT, read);
        }
        ObjectLoader loader = stored.open(id, expected);
        if (loader.getType() != Constants.OBJ_COMMIT) {
            return loader;
        }
        if (loader.getSize() > commitBytes) {
            return new ObjectLoader.SmallObject(Constants.OBJ_COMMIT, start(loader));
        }
        byte[] commit = loader.getCachedBytes();
        return new ObjectLoader.SmallObject(Constants.OBJ_COMMIT, hasMessage(commit) ? commit : withMessage(commit));
    }

    /** JGit reads past the end of a commit whose header no empty line ends. */
    private static boolean hasMessage(byte[] commit) {
        return ByteSearch.contains(commit, END_OF_HEADER);
    }

    private static byte[] withMessage(byte[] commit) {
        byte[] ended = Arrays.copyOf(commit, commit.length + END_OF_HEADER.length);
        System.arraycopy(END_OF_HEADER, 0, ended, commit.length, END_OF_HEADER.length);
        return ended;
    }

    /** Whether this is the content of a commit that was cut. */
    static boolean isCut(byte[] commit) {
        int at = commit.length - CUT.length;
        return at >= 0 && Arrays.equals(commit, at, commit.length, CUT, 0, CUT.length);
    }

    private byte[] start(ObjectLoader commit) throws IOException {
        try (InputStream bytes = commit.openStream()) {
            byte[] start = bytes.readNBytes(commitBytes);
            int end = start.length - 1;
            // a header's line is whole or missing
            while (end > 0 && start[end] != '\n') {
                end--;
            }
            byte[] cut = Arrays.copyOf(start, end + CUT.length);
            System.arraycopy(CUT, 0, cut, end, CUT.length);
            return cut;
        }
    }

    @Override
    public boolean has(AnyObjectId id, int expected) throws IOException {
        return stored.has(id, expected);
    }

    @Override
    public Collection<ObjectId> resolve(AbbreviatedObjectId id) throws IOException {
        return stored.resolve(id);
    }

    @Override
    public Set<ObjectId> getShallowCommits() throws IOException {
        return stored.getShallowCommits();
    }

    @Override
    public void close() {
        stored.close();
    }
}
