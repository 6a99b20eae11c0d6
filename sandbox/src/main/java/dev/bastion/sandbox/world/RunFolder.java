package dev.bastion.sandbox.world;

import dev.bastion.sandbox.ci.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder a sandbox writes to: one that the user named and that is kept, or a temporary one that is deleted. */
public final class RunFolder implements AutoCloseable {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Path path;
    private volatile boolean stays;

    private RunFolder(Path path, boolean stays) {
        this.path = path;
        this.stays = stays;
    }

    /**
     * Creates the folder.
     *
     * @param named the folder that the user named; must be empty or absent
     * @param purpose a word for the name of a temporary folder
     * @throws IllegalArgumentException when it cannot be created, with the reason and a remedy
     */
    public static RunFolder of(Optional<Path> named, String purpose, Map<String, String> environment) {
        Path launcher =
                Path.of(environment.getOrDefault("BASTION_LAUNCHER", "bastion")).toAbsolutePath();
        String stamp = STAMP.format(LocalDateTime.now(ZoneOffset.UTC)) + "-"
                + ProcessHandle.current().pid();
        Path path = named.orElseGet(() -> launcher.resolveSibling(".run").resolve(purpose + "-" + stamp));
        try {
            Files.createDirectories(path);
            try (Stream<Path> inside = Files.list(path)) {
                if (inside.findAny().isPresent()) {
                    throw new IllegalArgumentException(path + " is not empty; use another folder");
                }
            }
            return new RunFolder(path.toRealPath(), named.isPresent());
        } catch (IOException failure) {
            throw new IllegalArgumentException(path + " cannot be created as a folder; use another path", failure);
        }
    }

    public Path path() {
        return path;
    }

    /** Keeps the folder, for example to read its logs after a failure. */
    public void keep() {
        stays = true;
    }

    @Override
    public void close() {
        if (!stays) {
            Directories.delete(path);
        }
    }
}
