package dev.bastion.ledger.git.object;

import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;

/** A new git object in memory; {@code type} is git's number for its kind. */
@SuppressWarnings("ArrayRecordComponent")
public record DraftObject(ObjectId id, int type, byte[] bytes) {
    public ObjectLoader loader() {
        return new ObjectLoader.SmallObject(type, bytes);
    }
}
