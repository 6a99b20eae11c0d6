package dev.bastion.cli.init;

import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.StringLiteral;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The repository that becomes a ledger, as its work tree is.
 *
 * @param top its root
 * @param files the paths of its files, with slashes
 */
record ExistingRepository(Path top, Set<String> files) {
    private static final Set<String> SKIPPED =
            Set.of(".git", ".terraform", ".terragrunt-cache", ".terragrunt-stack", "node_modules", ".tools", "target");
    private static final int MOST_FILES = 500_000;
    private static final int MOST_BYTES = 256 * 1024;
    private static final HclPath SWITCH = HclPath.of("inputs.deploy_bastion");

    /** @throws UncheckedIOException when a directory cannot be read */
    static ExistingRepository at(Path top) {
        Set<String> files = new TreeSet<>();
        try {
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return SKIPPED.contains(String.valueOf(directory.getFileName()))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(top.relativize(file).toString().replace('\\', '/'));
                    return files.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the files of " + top, e);
        }
        return new ExistingRepository(top, files);
    }

    /** The Terragrunt units with the input {@code deploy_bastion}: a bastion's environments. */
    List<String> environmentFiles() {
        return files.stream()
                .filter(path -> ("/" + path).endsWith("/terragrunt.hcl"))
                .filter(this::isEnvironment)
                .toList();
    }

    private boolean isEnvironment(String path) {
        return read(path).filter(content -> content.length <= MOST_BYTES).stream()
                .anyMatch(content -> switchOf(path, content));
    }

    private static boolean switchOf(String path, byte[] content) {
        try {
            var _ = HclFile.parse(path, content).value(SWITCH);
            return true;
        } catch (HclException _) {
            return false;
        }
    }

    /** The module that every environment file names, where it is the same one, as a literal. */
    Optional<String> commonModule(List<String> environmentFiles) {
        List<String> sources = environmentFiles.stream()
                .flatMap(path -> read(path).stream().flatMap(content -> source(path, content).stream()))
                .distinct()
                .toList();
        return sources.size() == 1 ? Optional.of(sources.getFirst()) : Optional.empty();
    }

    private static Optional<String> source(String path, byte[] content) {
        try {
            return switch (HclFile.parse(path, content).value(HclPath.of("terraform.source"))) {
                case StringLiteral(String text) -> Optional.of(text);
                case NotLiteral(String text, int _)
                when text.matches("\"[^\"\\\\]*\"") -> Optional.of(text.substring(1, text.length() - 1));
                default -> Optional.empty();
            };
        } catch (HclException _) {
            return Optional.empty();
        }
    }

    /** The content of a regular file, which is no link; empty where there is none. */
    Optional<byte[]> read(String path) {
        Path file = top.resolve(path);
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The same as text. */
    Optional<String> text(String path) {
        return read(path).map(content -> new String(content, StandardCharsets.UTF_8));
    }
}
