package dev.bastion.cli.policy;

import java.nio.file.Files;
import java.nio.file.Path;

/** The root of the repository that a directory of policy files is in. */
final class RepositoryRoot {
    private RepositoryRoot() {}

    /** The nearest directory above that has {@code .git}; the directory above, where none has it. */
    static Path of(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        for (Path at = absolute.getParent(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return at;
            }
        }
        return absolute.getParent() == null ? absolute : absolute.getParent();
    }

    /** The directory's path from the root, with slashes. */
    static String relative(Path directory) {
        return of(directory)
                .relativize(directory.toAbsolutePath().normalize())
                .toString()
                .replace('\\', '/');
    }
}
