package dev.bastion.ledger.git.remote;

import dev.bastion.ledger.git.object.BoundedObjectReader;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.ReadBudget;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** The clone's objects as the push of a draft sees them; {@link PushObjectReader} selects them. */
final class PushObjects extends ObjectDatabase {
    private final ObjectDatabase stored;
    private final ReadBudget budget;
    private @Nullable CommitDraft draft;

    PushObjects(ObjectDatabase stored, ReadBudget budget) {
        this.stored = stored;
        this.budget = budget;
    }

    void show(CommitDraft pushed) {
        draft = pushed;
    }

    @Override
    public ObjectReader newReader() {
        ObjectReader reader = new BoundedObjectReader(stored.newReader(), budget.messageBytes());
        return draft == null ? reader : new PushObjectReader(reader, draft);
    }

    @Override
    public ObjectInserter newInserter() {
        throw new UnsupportedOperationException("a view is read-only");
    }

    @Override
    public long getApproximateObjectCount() {
        return -1;
    }

    @Override
    public void close() {}
}
