package dev.bastion.ledger.anchor;

import dev.bastion.access.fault.AnchorFailed;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.port.AnchorArchive;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A directory with one file for each anchor, like a copy of the bucket that holds them. */
public record DirectoryAnchors(Path directory) implements AnchorArchive {
    private static final int MOST_ANCHORS = 100_000;
    private static final int MOST_DEPTH = 8;

    @Override
    public Map<String, String> all() {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(directory, MOST_DEPTH)) {
            List<Path> files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .limit(MOST_ANCHORS)
                    .toList();
            for (Path file : files) {
                found.put(directory.relativize(file).toString(), read(file));
            }
            return found;
        } catch (IOException | UncheckedIOException e) {
            throw fault(e);
        }
    }

    private static String read(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            return new String(bytes.readNBytes(AnchorDocument.MAX_LENGTH + 1), StandardCharsets.UTF_8);
        }
    }

    private AnchorFailed fault(Exception e) {
        return new AnchorFailed(
                new Fault.Refused(
                        ExternalSystem.ANCHORS,
                        "reading the anchors of " + directory,
                        String.valueOf(e.getMessage()),
                        "check that the directory is there and that its files can be read"),
                e);
    }
}
