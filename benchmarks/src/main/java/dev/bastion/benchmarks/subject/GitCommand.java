package dev.bastion.benchmarks.subject;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The git command in a directory, without the user's configuration. */
public record GitCommand(Path directory) {
    String run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        process.getOutputStream().close();
        return outcome(process, arguments);
    }

    /** Runs git with the feed as its input. */
    void feed(Feed feed, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        try (OutputStream input = process.getOutputStream()) {
            feed.writeTo(input);
        }
        outcome(process, arguments);
    }

    /** The input of a git command. */
    @FunctionalInterface
    interface Feed {
        void writeTo(OutputStream input) throws IOException;
    }

    private Process start(String... arguments) throws IOException {
        List<String> command =
                Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("HOME", directory.toString());
        for (String role : List.of("AUTHOR", "COMMITTER")) {
            builder.environment().put("GIT_" + role + "_NAME", "john.doe");
            builder.environment().put("GIT_" + role + "_EMAIL", "john.doe@example.com");
        }
        return builder.start();
    }

    private static String outcome(Process process, String... arguments) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("git " + String.join(" ", arguments) + " failed: " + output);
        }
        return output.strip();
    }
}
