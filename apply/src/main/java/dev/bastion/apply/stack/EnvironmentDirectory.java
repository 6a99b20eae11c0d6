package dev.bastion.apply.stack;

import dev.bastion.apply.run.InvalidConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an environment stands.
 *
 * @param path its directory, absolute, like {@code …/environments/prod/orders/bastion}
 * @param file its {@code terragrunt.hcl}
 * @param root the {@code root.hcl} above it
 */
public record EnvironmentDirectory(Path path, Path file, Path root) {

    /**
     * Finds both files.
     *
     * @throws InvalidConfiguration when one is not there
     */
    public static EnvironmentDirectory locate(Path given) {
        Path path = real(given);
        Path file = path.resolve("terragrunt.hcl");
        if (!Files.isRegularFile(file)) {
            throw new InvalidConfiguration(given
                    + " has no terragrunt.hcl; name the directory of an environment, like environments/dev/bastion");
        }
        Path root = above(path, "root.hcl")
                .orElseThrow(() -> new InvalidConfiguration(
                        "no root.hcl in " + given + " or above; it says where the state is kept"));
        return new EnvironmentDirectory(path, file, root);
    }

    /** Its path below {@code root.hcl}, with slashes, as {@code path_relative_to_include()} answers it. */
    String relativePath() {
        return environments().relativize(path).toString().replace('\\', '/');
    }

    /** What people call it: the relative path without {@code /bastion}. */
    public String name() {
        String relative = relativePath();
        return relative.endsWith("/bastion")
                ? relative.substring(0, relative.length() - "/bastion".length())
                : relative;
    }

    /** Terraform's record of the providers' versions and checksums; it may or may not be there. */
    public Path lockFile() {
        return path.resolve(".terraform.lock.hcl");
    }

    private Path environments() {
        return Optional.ofNullable(root.getParent()).orElse(root);
    }

    /** The top of the work tree it is in, as {@code get_repo_root()} answers it. */
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

    private static Path real(Path given) {
        try {
            return given.toRealPath();
        } catch (IOException e) {
            throw new InvalidConfiguration("there is no directory " + given, e);
        }
    }
}
