package dev.bastion.cli.connect;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The programs of this machine, by the absolute directories of {@code PATH}: a relative one would run whatever lies in the
 * working directory.
 */
record Programs(List<Path> searchPath) {
    static Programs of(Map<String, String> environment) {
        return new Programs(Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> new File(directory).isAbsolute())
                .map(Path::of)
                .toList());
    }

    Optional<Path> find(String name) {
        return searchPath.stream()
                .map(directory -> directory.resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
