package dev.bastion.sandbox.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bastion.sandbox.demo.narration.NotObservedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The git executable in one repository. The demo reads the ledger with git itself, not with a library that the sandbox
 * also writes with.
 */
final class GitCommand {
    private final Path repository;

    GitCommand(Path repository) {
        this.repository = repository;
    }

    /** Runs git; answers what it prints. */
    String run(String... arguments) {
        return runWithInput("", arguments);
    }

    /** Runs git with {@code input} on standard input; answers what it prints. */
    String runWithInput(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "--git-dir", repository.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (OutputStream to = process.getOutputStream()) {
                to.write(input.getBytes(UTF_8));
            }
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new NotObservedException("git " + String.join(" ", arguments) + " failed: " + said.strip());
            }
            return said;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot run git", failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new NotObservedException("the demo was interrupted");
        }
    }
}
