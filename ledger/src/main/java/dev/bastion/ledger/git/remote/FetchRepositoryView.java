package dev.bastion.ledger.git.remote;

import dev.bastion.ledger.git.object.BoundedObjectReader;
import dev.bastion.ledger.git.object.ReadBudget;
import java.io.IOException;
import java.util.Set;
import org.eclipse.jgit.attributes.AttributesNodeProvider;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.StoredConfig;

/**
 * The clone as a transport sees it while it fetches: large commits are cut for the negotiation, and the packs that arrive
 * may have a limit.
 */
final class FetchRepositoryView extends Repository {
    private final Repository stored;
    private final ObjectDatabase objects;

    /** @param limit of the packs that arrive; those of the ledger's own branch have none */
    FetchRepositoryView(Repository stored, ReadBudget budget, PackLimit limit) {
        super(new RepositoryBuilder().setBare().setGitDir(stored.getDirectory()).setFS(stored.getFS()));
        this.stored = stored;
        this.objects = new Objects(stored.getObjectDatabase(), budget, limit);
    }

    @Override
    public ObjectDatabase getObjectDatabase() {
        return objects;
    }

    @Override
    public RefDatabase getRefDatabase() {
        return stored.getRefDatabase();
    }

    @Override
    public StoredConfig getConfig() {
        return stored.getConfig();
    }

    @Override
    public AttributesNodeProvider createAttributesNodeProvider() {
        return stored.createAttributesNodeProvider();
    }

    @Override
    public String getIdentifier() {
        return stored.getIdentifier();
    }

    @Override
    public void create(boolean bare) {
        throw new UnsupportedOperationException("a view cannot be created on disk");
    }

    @Override
    public void scanForRepoChanges() {}

    @Override
    public void notifyIndexChanged(boolean internal) {}

    @Override
    public void close() {}

    private static final class Objects extends ObjectDatabase {
        private final ObjectDatabase stored;
        private final ReadBudget budget;
        private final PackLimit limit;

        private Objects(ObjectDatabase stored, ReadBudget budget, PackLimit limit) {
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
}
