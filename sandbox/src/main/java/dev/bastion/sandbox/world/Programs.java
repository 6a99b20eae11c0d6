package dev.bastion.sandbox.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Programs that a person runs in a directory, as the platform team. */
final class Programs {
    private static final Map<String, String> IDENTITY = Map.of(
            "GIT_AUTHOR_NAME", "Platform team",
            "GIT_AUTHOR_EMAIL", "platform@example.org",
            "GIT_COMMITTER_NAME", "Platform team",
            "GIT_COMMITTER_EMAIL", "platform@example.org",
            "GIT_CONFIG_GLOBAL", "/dev/null");

    private final Path directory;

    Programs(Path directory) {
        this.directory = directory;
    }

    void git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        run(command);
    }

    /** @throws IllegalStateException when it fails, with what it printed */
    void run(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(IDENTITY);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + said.strip());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot run " + command.getFirst(), failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + command.getFirst(), stopping);
        }
    }
}
