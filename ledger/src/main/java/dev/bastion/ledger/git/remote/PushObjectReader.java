package dev.bastion.ledger.git.remote;

import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.DraftObject;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * The objects that the pack writer sees for a push: the draft's own, and of the remote's only the trees that the draft
 * replaces. Every other tree looks empty. Otherwise the pack writer reads all trees of the repository to find that
 * nothing in them is new.
 */
final class PushObjectReader extends ObjectReader {
    private static final byte[] EMPTY = {};

    private final ObjectReader stored;
    private final CommitDraft draft;

    PushObjectReader(ObjectReader stored, CommitDraft draft) {
        this.stored = stored;
        this.draft = draft;
    }

    @Override
    public ObjectReader newReader() {
        return new PushObjectReader(stored.newReader(), draft);
    }

    @Override
    public ObjectLoader open(AnyObjectId id, int expected) throws IOException {
        DraftObject drafted = draft.object(id);
        if (drafted != null) {
            return drafted.loader();
        }
        return expected == Constants.OBJ_TREE && !draft.replaces(id)
                ? new ObjectLoader.SmallObject(Constants.OBJ_TREE, EMPTY)
                : stored.open(id, expected);
    }

    @Override
    public boolean has(AnyObjectId id, int expected) throws IOException {
        return draft.object(id) != null || stored.has(id, expected);
    }

    @Override
    public Collection<ObjectId> resolve(AbbreviatedObjectId id) {
        return List.of();
    }

    @Override
    public Set<ObjectId> getShallowCommits() {
        return Set.of();
    }

    @Override
    public void close() {
        stored.close();
    }
}
