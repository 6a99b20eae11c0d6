package dev.bastion.cli.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files as they are, committed or not. */
record WorkingTree(Path directory) implements PolicySource {
    /** {@code environments/<up to four segments>/bastion/terragrunt.hcl}; what Terraform leaves lies deeper. */
    private static final int DEEPEST = 6;

    @Override
    public String name() {
        return directory.toString();
    }

    @Override
    public Optional<byte[]> file(String path) {
        Path file = directory.resolve(path);
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public List<String> paths() {
        try (Stream<Path> files = Files.walk(directory, DEEPEST)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the directory " + directory, e);
        }
    }
}
