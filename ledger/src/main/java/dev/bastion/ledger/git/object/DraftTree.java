package dev.bastion.ledger.git.object;

import java.util.Arrays;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** A git tree whose entries can get another object. Entries are neither added nor removed. */
final class DraftTree {
    private final byte[] bytes;

    DraftTree(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The regular file of that name; null when there is none, or a directory, a symbolic link or a submodule. */
    @Nullable ObjectId findFile(String name) {
        CanonicalTreeParser entry = entry(name);
        return entry == null || !isFile(entry.getEntryRawMode()) ? null : entry.getEntryObjectId();
    }

    /** Whether there is an entry of that name, of whatever kind. */
    boolean has(String name) {
        return entry(name) != null;
    }

    static boolean isFile(int mode) {
        return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
    }

    /** The subdirectory of that name; null when there is none, or it is no directory. */
    @Nullable ObjectId findTree(String name) {
        CanonicalTreeParser entry = entry(name);
        return entry == null || !FileMode.TREE.equals(entry.getEntryRawMode()) ? null : entry.getEntryObjectId();
    }

    void replace(String name, ObjectId object) {
        CanonicalTreeParser entry = entry(name);
        if (entry == null) {
            throw new IllegalArgumentException(name + " does not exist, so it cannot be replaced");
        }
        object.copyRawTo(entry.idBuffer(), entry.idOffset());
    }

    int length() {
        return bytes.length;
    }

    byte[] copyOfBytes() {
        return Arrays.copyOf(bytes, bytes.length);
    }

    private @Nullable CanonicalTreeParser entry(String name) {
        byte[] encodedName = Constants.encode(name);
        CanonicalTreeParser entry = new CanonicalTreeParser();
        for (entry.reset(bytes); !entry.eof(); entry.next(1)) {
            if (isNamed(entry, encodedName)) {
                return entry;
            }
        }
        return null;
    }

    private static boolean isNamed(CanonicalTreeParser entry, byte[] encodedName) {
        int start = entry.getNameOffset();
        byte[] path = entry.getEntryPathBuffer();
        return entry.getNameLength() == encodedName.length
                && Arrays.equals(path, start, start + encodedName.length, encodedName, 0, encodedName.length);
    }
}
