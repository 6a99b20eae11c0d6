package dev.bastion.ledger.git;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.ReadBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.revwalk.RevWalk;

/** A clone that a person made with git, and that is only read: a bare one, or a working tree, or a linked one. */
public final class LocalClone implements AutoCloseable {
    private static final String REMOTE_BRANCHES = "refs/remotes/origin/";

    private final Path directory;
    private final Repository repository;

    /**
     * A branch of the clone.
     *
     * @param ref its full name
     * @param remark what a reader must know of the choice; empty when nothing
     */
    public record Branch(String ref, CommitId head, Optional<String> remark) {}

    private LocalClone(Path directory, Repository repository) {
        this.directory = directory;
        this.repository = repository;
    }

    /**
     * Opens the clone in a directory, or above it.
     *
     * @throws UnreadableClone when there is none, or it lacks a part of the history
     */
    public static LocalClone open(Path directory) {
        IsolatedSystemReader.install();
        RepositoryBuilder found = new RepositoryBuilder()
                .setFS(CleanProcessFs.SHARED)
                .findGitDir(directory.toAbsolutePath().normalize().toFile());
        if (found.getGitDir() == null) {
            throw new UnreadableClone(
                    directory + " is no git repository. Name the directory of a clone with --repository.");
        }
        try {
            LocalClone clone =
                    new LocalClone(directory, found.setMustExist(true).build());
            clone.refuseShallow();
            return clone;
        } catch (IOException | RuntimeException e) {
            if (e instanceof UnreadableClone known) {
                throw known;
            }
            throw new UnreadableClone(
                    "The repository of " + directory + " cannot be opened: " + e.getMessage()
                            + ". Make a new clone with git clone.",
                    e);
        }
    }

    private void refuseShallow() throws IOException {
        boolean isShallow = !repository.getObjectDatabase().getShallowCommits().isEmpty();
        if (isShallow) {
            repository.close();
            throw new UnreadableClone("The clone in " + directory
                    + " is shallow: it has only the newest commits. Run git fetch --unshallow in it.");
        }
    }

    /**
     * The branch of a name, else the one that is checked out.
     *
     * @throws UnreadableClone when there is no such branch
     */
    public Branch branch(Optional<String> name) {
        try {
            return name.isPresent() ? named(name.get()) : checkedOut();
        } catch (IOException e) {
            throw new UnreadableClone("The branches of " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Branch checkedOut() throws IOException {
        Ref head = repository.exactRef(Constants.HEAD);
        if (head == null || head.getObjectId() == null) {
            throw new UnreadableClone(
                    directory + " has no branch checked out. Name the ledger's branch with --branch.");
        }
        return branch(head.isSymbolic() ? head.getTarget() : head, Optional.empty());
    }

    private Branch named(String name) throws IOException {
        for (String full : List.of(name, Constants.R_HEADS + name, REMOTE_BRANCHES + name)) {
            Ref found = full.startsWith(Constants.R_REFS) ? repository.exactRef(full) : null;
            if (found != null && found.getObjectId() != null) {
                return branch(found, remark(name, found));
            }
        }
        throw new UnreadableClone("The repository of " + directory + " has no branch " + name
                + ". git branch --all lists those that it has.");
    }

    /** A local branch may be behind what was fetched. */
    private Optional<String> remark(String name, Ref found) throws IOException {
        Ref fetched = repository.exactRef(REMOTE_BRANCHES + name);
        return found.getName().startsWith(Constants.R_HEADS)
                        && fetched != null
                        && !found.getObjectId().equals(fetched.getObjectId())
                ? Optional.of(found.getName() + " is read; " + fetched.getName()
                        + " has another head. To read that one, use --branch " + fetched.getName() + ".")
                : Optional.empty();
    }

    private Branch branch(Ref ref, Optional<String> remark) throws IOException {
        ObjectId head = ref.getObjectId();
        try (RevWalk walk = new RevWalk(repository)) {
            return new Branch(ref.getName(), new CommitId(walk.parseCommit(head).name()), remark);
        }
    }

    /** The head of the service's notes; empty where they were not fetched, or there are none. */
    public Optional<CommitId> notes() {
        try (RevWalk walk = new RevWalk(repository)) {
            Ref notes = repository.exactRef(NotesClone.REF);
            return notes == null || notes.getObjectId() == null
                    ? Optional.empty()
                    : Optional.of(
                            new CommitId(walk.parseCommit(notes.getObjectId()).name()));
        } catch (IOException e) {
            throw new UnreadableClone(NotesClone.REF + " of " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The directory that holds its objects, also of a linked working tree. */
    public Path gitDirectory() {
        return repository.getCommonDirectory().toPath();
    }

    /** The address of the remote {@code origin}, as the clone's configuration has it. */
    public Optional<String> origin() {
        return Optional.ofNullable(repository.getConfig().getString("remote", "origin", "url"));
    }

    /** A new reader of its commits. */
    public CommitReader commits() {
        return new CommitReader(repository, ReadBudget.USUAL);
    }

    @Override
    public void close() {
        repository.close();
    }
}
