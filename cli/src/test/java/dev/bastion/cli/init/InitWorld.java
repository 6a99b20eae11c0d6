package dev.bastion.cli.init;

import dev.bastion.cli.policy.PolicyCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A git repository in which {@code bastion init} runs. */
final class InitWorld {
    private static final String BUCKET = "--state-bucket";

    /** Every answer that the repository cannot give. */
    static final List<String> FLAGS = List.of(
            "--non-interactive",
            "--module",
            "git::https://github.com/acme/bastion.git//terraform-modules/bastion?ref=v1.4.0",
            "--channel",
            "C0123ABC",
            "--owner",
            "U23456789:jane.roe:janeroe",
            "--owner",
            "U34567890:Jürgen.Groß:on",
            "--region",
            "eu-west-1");

    private static final Map<String, String> IDENTITY = Map.of(
            "GIT_AUTHOR_NAME", "Somebody",
            "GIT_AUTHOR_EMAIL", "somebody@example.com",
            "GIT_COMMITTER_NAME", "Somebody",
            "GIT_COMMITTER_EMAIL", "somebody@example.com",
            "GIT_CONFIG_GLOBAL", "/dev/null");

    private final Path top;
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    InitWorld(Path top) {
        this.top = top;
        git("init", "--quiet", "--initial-branch=main");
        git("remote", "add", "origin", "git@github.com:acme/infrastructure.git");
    }

    Path top() {
        return top;
    }

    /** Runs the command with these flags after {@link #FLAGS}, and with a bucket where they name none. */
    int init(String... more) {
        List<String> all = new ArrayList<>(FLAGS);
        all.addAll(List.of(more));
        if (!all.contains(BUCKET)) {
            all.addAll(List.of(BUCKET, "acme-state"));
        }
        return run(Optional.empty(), all);
    }

    /** Runs {@code bastion policy} on the files of the work tree. */
    int policy(String... arguments) {
        out.getBuffer().setLength(0);
        errors.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--environments", top.resolve("environments").toString()));
        return PolicyCommand.commandLine(() -> Instant.parse("2026-01-15T10:30:00Z"))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(all.toArray(String[]::new));
    }

    /** Runs the command at a terminal where a person types these lines. */
    int typed(List<String> lines, String... flags) {
        Prompt person = new Prompt(
                new BufferedReader(new StringReader(String.join("\n", lines) + "\n")), new PrintWriter(errors, true));
        return run(Optional.of(person), List.of(flags));
    }

    int run(Optional<Prompt> person, List<String> flags) {
        out.getBuffer().setLength(0);
        errors.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(flags);
        arguments.add(top.toString());
        return new CommandLine(new InitCommand(Map.of("PATH", System.getenv("PATH")), () -> person))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments.toArray(String[]::new));
    }

    String out() {
        return out.toString();
    }

    String errors() {
        return errors.toString();
    }

    void write(String path, String text) {
        try {
            Path file = top.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String path) {
        try {
            return Files.readString(top.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes(String path) {
        return text(path).getBytes(StandardCharsets.UTF_8);
    }

    /** The content of every file outside {@code .git}, by path. */
    SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(top)) {
            all.filter(Files::isRegularFile)
                    .map(file -> top.relativize(file).toString())
                    .filter(path -> !path.startsWith(".git/"))
                    .forEach(path -> files.put(path, text(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** Runs git in the repository and returns what it said. */
    String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(top.toFile()).redirectErrorStream(true);
        builder.environment().putAll(IDENTITY);
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + " failed: " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void commit() {
        git("add", "--all");
        git("commit", "--quiet", "--message", "Add the ledger");
    }
}
