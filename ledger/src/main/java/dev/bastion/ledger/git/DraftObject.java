package dev.bastion.ledger.git;

import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;

/** A git object that so far exists only here; {@code type} is git's number for its kind. */
@SuppressWarnings("ArrayRecordComponent")
record DraftObject(ObjectId id, int type, byte[] bytes) {
    ObjectLoader loader() {
        return new ObjectLoader.SmallObject(type, bytes);
    }
}
