package dev.bastion.cli.policy;

import dev.bastion.layout.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The policy files of the working tree, committed or not. */
record WorkingTree(Path directory) implements PolicySource {
    /**
     * The depth of {@code environments/<up to four segments>/bastion/terragrunt.hcl}; Terraform's own files are deeper.
     */
    private static final int MAX_DEPTH = 6;

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
    public Optional<byte[]> ledger() {
        return file("../" + Layout.FILE);
    }

    @Override
    public List<String> paths() {
        try (Stream<Path> files = Files.walk(directory, MAX_DEPTH)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the directory " + directory, e);
        }
    }
}
