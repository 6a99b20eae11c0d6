package dev.bastion.ledger.git.object;

import java.util.Arrays;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** A directory's bytes, in which the object an entry names is replaced in place: entries neither come nor go. */
final class DraftTree {
    private final byte[] bytes;

    DraftTree(byte[] bytes) {
        this.bytes = bytes;
    }

    @Nullable ObjectId find(String name) {
        CanonicalTreeParser entry = entry(name);
        return entry == null ? null : entry.getEntryObjectId();
    }

    /** The directory of that name; null when there is none, also when it is something else. */
    @Nullable ObjectId findTree(String name) {
        CanonicalTreeParser entry = entry(name);
        return entry == null || !FileMode.TREE.equals(entry.getEntryRawMode()) ? null : entry.getEntryObjectId();
    }

    void replace(String name, ObjectId object) {
        CanonicalTreeParser entry = entry(name);
        if (entry == null) {
            throw new IllegalArgumentException("there is no " + name + " to replace");
        }
        object.copyRawTo(entry.idBuffer(), entry.idOffset());
    }

    byte[] copyOfBytes() {
        return Arrays.copyOf(bytes, bytes.length);
    }

    private @Nullable CanonicalTreeParser entry(String name) {
        byte[] unmet = Constants.encode(name);
        CanonicalTreeParser entry = new CanonicalTreeParser();
        for (entry.reset(bytes); !entry.eof(); entry.next(1)) {
            if (isNamed(entry, unmet)) {
                return entry;
            }
        }
        return null;
    }

    private static boolean isNamed(CanonicalTreeParser entry, byte[] unmet) {
        int start = entry.getNameOffset();
        byte[] path = entry.getEntryPathBuffer();
        return entry.getNameLength() == unmet.length
                && Arrays.equals(path, start, start + unmet.length, unmet, 0, unmet.length);
    }
}
