package dev.bastion.ledger.git.remote;

import dev.bastion.ledger.git.object.BoundedObjectReader;
import dev.bastion.ledger.git.object.ReadBudget;
import java.io.IOException;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * The clone's objects as a fetch sees them: large commits are cut for the negotiation, and the packs that arrive may have a
 * limit.
 */
final class FetchObjects extends ObjectDatabase {
    private final ObjectDatabase stored;
    private final ReadBudget budget;
    private final PackLimit limit;

    /** @param limit of the packs that arrive; those of the ledger's own branch have none */
    FetchObjects(ObjectDatabase stored, ReadBudget budget, PackLimit limit) {
        this.stored = stored;
        this.budget = budget;
        this.limit = limit;
    }

    @Override
    public ObjectReader newReader() {
        return new BoundedObjectReader(stored.newReader(), budget.messageBytes());
    }

    @Override
    public ObjectInserter newInserter() {
        return limit.of(stored.newInserter());
    }

    @Override
    public Set<ObjectId> getShallowCommits() throws IOException {
        return stored.getShallowCommits();
    }

    @Override
    public void setShallowCommits(Set<ObjectId> commits) throws IOException {
        stored.setShallowCommits(commits);
    }

    @Override
    public long getApproximateObjectCount() {
        return stored.getApproximateObjectCount();
    }

    @Override
    public void close() {}
}
