package dev.bastion.ledger.git;

import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.remote.RemoteSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of a clone on disk. */
final class CloneDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(CloneDirectory.class);
    /** How often a deletion is tried. */
    private static final int DELETIONS = 10;

    private CloneDirectory() {}

    /** The repository in the directory; created empty when it is missing or its branch cannot be read. */
    static Repository open(Path directory, RemoteSettings remote) {
        return open(directory, remote, Optional.empty());
    }

    /** As {@link #open}, with another clone's objects beside its own: git calls them alternates. */
    static Repository borrowing(Path directory, RemoteSettings remote, Path lender) {
        return open(directory, remote, Optional.of(lender));
    }

    private static Repository open(Path directory, RemoteSettings remote, Optional<Path> lender) {
        try {
            if (Files.exists(directory)) {
                Repository found = build(directory);
                if (isReadable(found, remote)) {
                    followFirstRedirect(found.getConfig());
                    return found;
                }
                found.close();
                delete(directory);
            }
            Repository created = build(directory);
            created.create(true);
            if (lender.isPresent()) {
                Path objects = lender.get().toAbsolutePath().resolve("objects");
                Files.writeString(directory.resolve("objects/info/alternates"), objects + "\n");
            }
            configure(created, remote);
            return created;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot create the clone in " + directory + "; check that ledger.directory is writable", e);
        }
    }

    private static Repository build(Path directory) throws IOException {
        return new RepositoryBuilder()
                .setBare()
                .setGitDir(directory.toFile())
                .setFS(CleanProcessFs.SHARED)
                .build();
    }

    private static boolean isReadable(Repository repository, RemoteSettings remote) {
        try (RevWalk walk = new RevWalk(repository)) {
            Ref head = repository.exactRef(remote.ref());
            ObjectId id = head == null ? null : head.getObjectId();
            return id != null
                    && isCloneOf(repository, remote)
                    // the history would seem to begin where a shallow clone ends
                    && repository.getObjectDatabase().getShallowCommits().isEmpty()
                    && repository.getObjectDatabase().has(walk.parseCommit(id).getTree());
        } catch (IOException | LargeObjectException _) {
            return false;
        }
    }

    private static boolean isCloneOf(Repository repository, RemoteSettings remote) {
        return remote.url().equals(repository.getConfig().getString("remote", "origin", "url"));
    }

    private static void configure(Repository repository, RemoteSettings remote) throws IOException {
        StoredConfig config = repository.getConfig();
        config.setString("remote", "origin", "url", remote.url());
        config.setString("remote", "origin", "fetch", "+" + remote.ref() + ":" + remote.ref());
        config.setString("remote", "origin", "tagOpt", "--no-tags");
        config.setString("core", null, "logAllRefUpdates", "false");
        followFirstRedirect(config);
        repository.updateRef("HEAD").link(remote.ref());
    }

    /** What a server answers first may be a redirect, as GitHub's is after a rename; a later one has no such reason. */
    private static void followFirstRedirect(StoredConfig config) throws IOException {
        config.setString("http", null, "followRedirects", "initial");
        config.save();
    }

    /**
     * Puts another clone in the place of this one. The old one is moved aside first: a garbage collection in the background may
     * still write to it, and must not keep it from being replaced.
     */
    static void replace(Path directory, Path replacement) {
        Path old = directory.resolveSibling(directory.getFileName() + ".old");
        deleteIfPossible(old);
        try {
            Files.move(directory, old);
            Files.move(replacement, directory);
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
        deleteIfPossible(old);
    }

    /** Deletes the directory; one that cannot be deleted is logged. */
    static void deleteIfPossible(Path directory) {
        try {
            delete(directory);
        } catch (UncheckedIOException e) {
            LOG.atWarn().addKeyValue("directory", directory).setCause(e).log("clone.not_deleted");
        }
    }

    /** The bytes of all files, as far as they stay while they are counted. */
    static long size(Path directory) {
        SizeVisitor sizes = new SizeVisitor();
        try {
            Files.walkFileTree(directory, sizes);
            return sizes.total;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory, e);
        }
    }

    private static final class SizeVisitor extends SimpleFileVisitor<Path> {
        private long total;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            total += attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }

    /** Deletes the directory, even while other threads add and remove files in it, as JGit does to time the file system. */
    static void delete(Path directory) {
        try {
            for (int left = DELETIONS; !isDeleted(directory, left == 1); left--) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot delete " + directory + "; check that ledger.directory is writable", e);
        }
    }

    /** @throws DirectoryNotEmptyException when another thread added a file, and this was the last attempt */
    private static boolean isDeleted(Path directory, boolean isLast) throws IOException {
        try {
            Files.walkFileTree(directory, new DeleteVisitor());
            return true;
        } catch (DirectoryNotEmptyException e) {
            if (isLast) {
                throw e;
            }
            return false;
        }
    }

    private static final class DeleteVisitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
