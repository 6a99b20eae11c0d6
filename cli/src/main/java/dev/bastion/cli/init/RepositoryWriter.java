package dev.bastion.cli.init;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The writer of new files into a work tree. It follows no link out of the repository and replaces nothing. */
record RepositoryWriter(Path top) {
    /** Writes nothing where one of them would be outside. */
    void write(List<GeneratedFile> files) {
        files.forEach(file -> requireNew(top.resolve(file.path())));
        files.forEach(this::write);
    }

    private void write(GeneratedFile file) {
        Path target = top.resolve(file.path());
        try {
            Files.createDirectories(target.getParent());
            Files.writeString(
                    target,
                    file.content(),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file.path() + ": " + e.getMessage(), e);
        }
    }

    /** What has the path is no regular file, and a directory of the repository can be a link to anywhere. */
    private void requireNew(Path target) {
        Path there = nearest(target);
        try {
            if (there.equals(target)) {
                throw new IOException("it is a link or a directory; replace it by a file, or remove it");
            }
            if (!there.toRealPath().startsWith(top.toRealPath())) {
                throw new IOException("it is a link out of the repository; replace it by a directory");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + top.relativize(there) + ": " + e.getMessage(), e);
        }
    }

    /** The path, or the nearest directory above it that exists. */
    private Path nearest(Path target) {
        for (Path at = target; at != null; at = at.getParent()) {
            if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                return at;
            }
        }
        return top;
    }
}
