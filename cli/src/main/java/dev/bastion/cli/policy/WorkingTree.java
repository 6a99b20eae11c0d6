package dev.bastion.cli.policy;

import dev.bastion.layout.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The policy files of the working tree, committed or not. */
record WorkingTree(Path directory) implements PolicySource {
    /** What git and Terraform keep beside the files of the repository. */
    private static final Set<String> NOT_OURS = Set.of(".git", ".terraform", ".terragrunt-cache");

    @Override
    public String name() {
        return directory.toString();
    }

    @Override
    public Optional<byte[]> file(String path) {
        return read(directory.resolve(path));
    }

    private static Optional<byte[]> read(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public Optional<byte[]> ledger() {
        return fileOfRepository(Layout.FILE);
    }

    @Override
    public Optional<byte[]> fileOfRepository(String path) {
        return read(RepositoryRoot.of(directory).resolve(path));
    }

    @Override
    public String directoryInRepository() {
        return RepositoryRoot.relative(directory);
    }

    @Override
    public List<String> pathsBelow(String below) {
        Path root = RepositoryRoot.of(directory);
        List<String> paths = new ArrayList<>();
        try {
            Files.walkFileTree(root.resolve(below), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(String.valueOf(each.getFileName()))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        paths.add(root.relativize(file).toString().replace('\\', '/'));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
            return paths;
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the directory " + root.resolve(below), e);
        }
    }
}
