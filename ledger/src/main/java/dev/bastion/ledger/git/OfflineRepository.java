package dev.bastion.ledger.git;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.ReadBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;

/**
 * A clone on disk that is read as it is: bare or with a work tree, a linked work tree, or one that borrows objects. Nothing is
 * fetched or written.
 */
public final class OfflineRepository implements AutoCloseable {
    private final Repository repository;
    private final ReadBudget budget;

    private OfflineRepository(Repository repository, ReadBudget budget) {
        this.repository = repository;
        this.budget = budget;
    }

    /**
     * Opens the clone that a directory is, or lies in.
     *
     * @throws NoCompleteClone when there is none, or one without its whole history
     */
    public static OfflineRepository open(Path directory, ReadBudget budget) {
        IsolatedSystemReader.install();
        try {
            RepositoryBuilder found = new RepositoryBuilder().setFS(new CleanProcessFs());
            found.findGitDir(directory.toAbsolutePath().normalize().toFile());
            if (found.getGitDir() == null || !Files.isDirectory(directory)) {
                throw new NoCompleteClone(directory + " is no git repository; name the directory of a clone");
            }
            Repository repository = found.setMustExist(true).build();
            if (isShallow(repository)) {
                repository.close();
                throw new NoCompleteClone(
                        directory + " is a shallow clone, without its older commits; run: git fetch --unshallow");
            }
            return new OfflineRepository(repository, budget);
        } catch (IOException e) {
            throw new NoCompleteClone(directory + " is no git repository that can be read: " + e.getMessage());
        }
    }

    private static boolean isShallow(Repository repository) throws IOException {
        try (ObjectReader objects = repository.newObjectReader()) {
            return !objects.getShallowCommits().isEmpty();
        }
    }

    /**
     * The newest commit of a branch, or what HEAD names.
     *
     * @param branch a branch's short name, as it is here or as {@code origin} had it; empty for HEAD
     * @throws NoCompleteClone when there is no such branch
     */
    public CommitId head(Optional<String> branch) {
        try {
            for (String name : branch.map(short_ -> new String[] {Constants.R_HEADS + short_, "refs/remotes/origin/" + short_})
                    .orElse(new String[] {Constants.HEAD})) {
                ObjectId head = repository.resolve(name + "^{commit}");
                if (head != null) {
                    return new CommitId(head.name());
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new NoCompleteClone("the repository's branch cannot be read: " + e.getMessage());
        }
        throw new NoCompleteClone("the repository has no "
                + branch.map(name -> "branch " + name).orElse("commit") + "; fetch it, or name another with --branch");
    }

    /** The address of the remote {@code origin}, as the clone's configuration has it. */
    public Optional<String> origin() {
        return Optional.ofNullable(repository.getConfig().getString("remote", "origin", "url"));
    }

    /** A reader of the clone's commits. */
    public CommitReader commits() {
        return new CommitReader(repository, budget);
    }

    /**
     * The first-parent line of a commit.
     *
     * @throws NoCompleteClone when a commit of it is missing
     */
    public FirstParentLine line(CommitId head) {
        try {
            return FirstParentLine.of(this, head);
        } catch (CloneBroken e) {
            throw new NoCompleteClone("a commit of the history is missing or damaged: " + e.getMessage()
                    + "; run git fsck, and clone again");
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
