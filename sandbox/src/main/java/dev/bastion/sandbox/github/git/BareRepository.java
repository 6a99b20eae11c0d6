package dev.bastion.sandbox.github.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.StoredConfig;

/** The bare git repository that GitHub serves; its default branch is {@code main}. */
public final class BareRepository implements AutoCloseable {
    public static final String DEFAULT_BRANCH = "main";

    private final Repository repository;

    private BareRepository(Repository repository) {
        this.repository = repository;
    }

    /** Opens the repository, or creates an empty one. */
    public static BareRepository at(Path folder) {
        try {
            Repository repository =
                    new RepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
            if (!repository.getObjectDatabase().exists()) {
                create(repository);
            }
            return new BareRepository(repository);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot open the bare repository " + folder, failure);
        }
    }

    private static void create(Repository repository) throws IOException {
        repository.create(true);
        StoredConfig config = repository.getConfig();
        config.setBoolean("http", null, "receivepack", true);
        config.setBoolean("core", null, "logAllRefUpdates", true);
        config.setInt("gc", null, "auto", 0); // what no branch has any more is still a pull request's
        config.setBoolean("receive", null, "autogc", false);
        config.save();
        repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + DEFAULT_BRANCH);
    }

    public Path folder() {
        return repository.getDirectory().toPath();
    }

    /** JGit's repository. It is shared; callers do not close it. */
    public Repository git() {
        return repository;
    }

    /** The full id a branch or commit id stands for; forty zeros when there is none. */
    public String resolve(String revision) {
        try {
            ObjectId id = repository.resolve(revision + "^{commit}");
            return id == null ? Push.NOTHING : id.name();
        } catch (IOException | RevisionSyntaxException failure) {
            return Push.NOTHING;
        }
    }

    public boolean has(String commit) {
        return !resolve(commit).equals(Push.NOTHING);
    }

    @Override
    public void close() {
        repository.close();
    }
}
