package dev.bastion.apply.stack;

import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.layout.file.FileShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The location of an environment.
 *
 * @param path its directory, absolute, like {@code …/environments/prod/orders/bastion}
 * @param file its file with the audit values
 * @param root the {@code root.hcl} above it; empty for a root module, which configures its state itself
 */
public record EnvironmentDirectory(Path path, Path file, Optional<Path> root) {

    /**
     * Finds both files.
     *
     * @param name the name of the environment's file, like {@code terragrunt.hcl}
     * @throws InvalidConfiguration when one is missing
     */
    public static EnvironmentDirectory locate(Path given, String name) {
        Path path = resolve(given);
        Path file = path.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new InvalidConfiguration(given + " has no " + name
                    + "; name the directory of an environment, like environments/dev/bastion");
        }
        EnvironmentDirectory directory = new EnvironmentDirectory(path, file, above(path, "root.hcl"));
        if (directory.isRootModule()) {
            return new EnvironmentDirectory(path, file, Optional.empty());
        }
        if (directory.root().isEmpty()) {
            throw new InvalidConfiguration(
                    "no root.hcl in " + given + " or above it; it configures the state's backend");
        }
        return directory;
    }

    /** Whether Terraform runs in the directory itself. */
    boolean isRootModule() {
        return shape() == FileShape.ROOT_MODULE;
    }

    /** Whether Terragrunt generates the unit. */
    boolean isStack() {
        return shape() == FileShape.STACK;
    }

    private FileShape shape() {
        return FileShape.of(file.toString().replace('\\', '/')).orElse(FileShape.UNIT);
    }

    /** Its path relative to {@code root.hcl}, with slashes; the value of {@code path_relative_to_include()}. */
    String relativePath() {
        return environments().relativize(path).toString().replace('\\', '/');
    }

    /** The environment's name: the relative path without {@code /bastion}. */
    public String name() {
        String relative = relativePath();
        return relative.endsWith("/bastion")
                ? relative.substring(0, relative.length() - "/bastion".length())
                : relative;
    }

    /** Terraform's lock file with the providers' versions and checksums; it need not exist. */
    public Path lockFile() {
        return path.resolve(".terraform.lock.hcl");
    }

    /** A path below the repository's root as people know it. */
    String display(Path file) {
        return repository()
                .filter(file::startsWith)
                .map(top -> top.relativize(file))
                .orElse(file)
                .toString()
                .replace('\\', '/');
    }

    private Path environments() {
        return root.map(Path::getParent).orElse(path);
    }

    /** The root of the git work tree; the value of {@code get_repo_root()}. */
    Optional<Path> repository() {
        return above(path, ".git").map(Path::getParent);
    }

    private static Optional<Path> above(Path start, String name) {
        for (Path each = start; each != null; each = each.getParent()) {
            if (Files.exists(each.resolve(name))) {
                return Optional.of(each.resolve(name));
            }
        }
        return Optional.empty();
    }

    private static Path resolve(Path given) {
        try {
            return given.toRealPath();
        } catch (IOException e) {
            throw new InvalidConfiguration("the directory does not exist: " + given, e);
        }
    }
}
