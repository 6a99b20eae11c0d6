package dev.bastion.ledger.git.remote;

import dev.bastion.ledger.git.object.BoundedObjectReader;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.ReadBudget;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/** The clone's objects as the push of a draft sees them; {@link PushObjectReader} selects them. */
final class PushObjects extends ObjectDatabase {
    private final ObjectDatabase stored;
    private final ReadBudget budget;
    private final CommitDraft draft;

    PushObjects(ObjectDatabase stored, ReadBudget budget, CommitDraft draft) {
        this.stored = stored;
        this.budget = budget;
        this.draft = draft;
    }

    @Override
    public ObjectReader newReader() {
        return new PushObjectReader(new BoundedObjectReader(stored.newReader(), budget.messageBytes()), draft);
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
