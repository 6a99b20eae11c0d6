package dev.bastion.ledger.git.remote;

import dev.bastion.ledger.git.object.BoundedObjectReader;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.object.ReadBudget;
import org.eclipse.jgit.attributes.AttributesNodeProvider;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.StoredConfig;

/** The clone as a transport sees it while it pushes a draft; {@link PushObjectReader} selects the objects. */
final class PushRepositoryView extends Repository {
    private final Repository stored;
    private final ObjectDatabase objects;

    PushRepositoryView(Repository stored, ReadBudget budget, CommitDraft draft) {
        super(options(stored));
        this.stored = stored;
        this.objects = new Objects(stored.getObjectDatabase(), budget, draft);
    }

    private static BaseRepositoryBuilder<?, ?> options(Repository stored) {
        return new RepositoryBuilder()
                .setBare()
                .setGitDir(stored.getDirectory())
                .setFS(stored.getFS());
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
        private final CommitDraft draft;

        private Objects(ObjectDatabase stored, ReadBudget budget, CommitDraft draft) {
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
}
