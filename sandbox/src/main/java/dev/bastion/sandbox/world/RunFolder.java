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
     * Makes it.
     *
     * @param named what somebody asked for; must be empty or absent
     * @param purpose a word for the name of our own
     * @throws IllegalArgumentException when it cannot be had; says why and what to do
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
                    throw new IllegalArgumentException(path + " is not empty; name another folder");
                }
            }
            return new RunFolder(path.toRealPath(), named.isPresent());
        } catch (IOException failure) {
            throw new IllegalArgumentException(path + " cannot be a folder to write into; name another", failure);
        }
    }

    public Path path() {
        return path;
    }

    /** It is not deleted, whatever was intended: something in it is worth reading. */
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
