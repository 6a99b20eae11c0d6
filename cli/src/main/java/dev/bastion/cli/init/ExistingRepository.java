package dev.bastion.cli.init;

import dev.bastion.hcl.HclFile;
import dev.bastion.hcl.model.HclException;
import dev.bastion.hcl.model.HclPath;
import dev.bastion.hcl.model.NotLiteral;
import dev.bastion.hcl.model.StringLiteral;
import dev.bastion.hcl.model.Value;
import dev.bastion.layout.UnitReferences;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.file.AuditVariable;
import dev.bastion.layout.file.FileShape;
import dev.bastion.layout.shape.RootModule;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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

    /** The Terragrunt units and stacks, and the root modules, that set {@code deploy_bastion}: a bastion's environments. */
    List<String> environmentFiles() {
        return files.stream().filter(path -> placeOfTheValues(path).isPresent()).toList();
    }

    /** Where the environment files of a pattern have the values: in a stack, in its unit that has them. */
    AuditPaths valuesOf(String pattern) {
        String name = pattern.substring(pattern.lastIndexOf('/') + 1);
        return files.stream()
                .filter(path -> ("/" + path).endsWith("/" + name))
                .flatMap(path -> placeOfTheValues(path).stream())
                .filter(_ -> FileShape.of(pattern).equals(Optional.of(FileShape.STACK)))
                .findFirst()
                .orElseGet(() -> AuditPaths.usualOf(pattern));
    }

    private Optional<AuditPaths> placeOfTheValues(String path) {
        Optional<FileShape> shape = FileShape.of(path);
        if (shape.isEmpty()) {
            return Optional.empty();
        }
        return read(path)
                .filter(content -> content.length <= MOST_BYTES)
                .map(content -> HclFile.parse(path, content))
                .flatMap(file -> places(shape.get(), file).stream()
                        .filter(place -> hasValue(file, place.of(AuditVariable.DEPLOY)))
                        .findFirst());
    }

    private static List<AuditPaths> places(FileShape shape, HclFile file) {
        if (shape != FileShape.STACK) {
            return List.of(new AuditPaths(shape.usual(), Map.of()));
        }
        try {
            return file.blocks().stream()
                    .filter(block ->
                            block.type().equals("unit") && block.labels().size() == 1)
                    .map(block -> new AuditPaths(
                            Optional.of(
                                    new HclPath(List.of("unit", block.labels().getFirst(), "values"))),
                            Map.of()))
                    .toList();
        } catch (HclException _) {
            return List.of();
        }
    }

    private static boolean hasValue(HclFile file, HclPath path) {
        try {
            var _ = file.value(path);
            return true;
        } catch (HclException _) {
            return false;
        }
    }

    /** The module that every environment file names, where it is the same one, as a literal. */
    Optional<String> commonModule(List<String> environmentFiles) {
        List<String> sources = environmentFiles.stream()
                .flatMap(path -> source(path).stream())
                .distinct()
                .toList();
        return sources.size() == 1 ? Optional.of(sources.getFirst()) : Optional.empty();
    }

    private Optional<String> source(String path) {
        String directory = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        HclFile file = HclFile.parse(path, read(path).orElse(new byte[0]));
        try {
            return switch (FileShape.of(path).orElse(FileShape.UNIT)) {
                case UNIT -> written(file.value(HclPath.of("terraform.source")));
                case STACK -> address(directory, file.value(unitOf(path).child("source")));
                case ROOT_MODULE ->
                    address(directory, rootModule(directory).bastionInputs().get("source"));
            };
        } catch (HclException _) {
            return Optional.empty();
        }
    }

    private HclPath unitOf(String path) {
        return placeOfTheValues(path).flatMap(AuditPaths::object).orElseThrow().head(2);
    }

    private RootModule rootModule(String directory) {
        Map<String, byte[]> code = new TreeMap<>();
        files.stream()
                .filter(path -> path.startsWith(directory + "/")
                        && path.indexOf('/', directory.length() + 1) < 0
                        && RootModule.isCode(path.substring(path.lastIndexOf('/') + 1)))
                .forEach(path -> read(path).ifPresent(content -> code.put(path, content)));
        return RootModule.of(code);
    }

    private static Optional<String> address(String directory, @Nullable Value source) {
        return Optional.of(UnitReferences.addressOf(directory, source)).filter(text -> !text.isEmpty());
    }

    private static Optional<String> written(Value source) {
        return switch (source) {
            case StringLiteral(String text) -> Optional.of(text);
            case NotLiteral(String text, int _)
            when text.matches("\"[^\"\\\\]*\"") -> Optional.of(text.substring(1, text.length() - 1));
            default -> Optional.empty();
        };
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
