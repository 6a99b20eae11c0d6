package dev.bastion.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The git command, run in a directory without the user's configuration. A test that needs it fails where git is
 * missing.
 */
public record Git(Path directory) {
    public String run(String... arguments) {
        return runWith("", arguments);
    }

    public String runWith(String input, String... arguments) {
        List<String> command =
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        try {
            Process process = builder(command).start();
            try (OutputStream out = process.getOutputStream()) {
                out.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("GIT_AUTHOR_NAME", "Jane Roe");
        builder.environment().put("GIT_AUTHOR_EMAIL", "jane@example.com");
        builder.environment().put("GIT_COMMITTER_NAME", "Jane Roe");
        builder.environment().put("GIT_COMMITTER_EMAIL", "jane@example.com");
        return builder;
    }
}
