package dev.bastion.ledger.git.remote;

import org.eclipse.jgit.attributes.AttributesNodeProvider;
import org.eclipse.jgit.lib.ObjectDatabase;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.StoredConfig;

/** The clone as a transport sees it: with other objects than the stored ones. */
final class RepositoryView extends Repository {
    private final Repository stored;
    private final ObjectDatabase objects;

    RepositoryView(Repository stored, ObjectDatabase objects) {
        super(new RepositoryBuilder().setBare().setGitDir(stored.getDirectory()).setFS(stored.getFS()));
        this.stored = stored;
        this.objects = objects;
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
}
