package dev.bastion.benchmarks.subject;

import dev.bastion.access.grant.EnvironmentName;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A bare repository with environments, other files and a history, written by {@code git fast-import}.
 *
 * @param environments the number of environments, named {@code team-00/env-00} and so on
 */
public record LedgerRemote(Path directory, int environments) {
    private static final int PER_TEAM = 25;

    /**
     * @param otherFiles how many files it has beside the environments', in directories of a hundred
     * @param commits how many commits it has; each but the first changes one of the other files
     */
    public static LedgerRemote create(Path directory, int environments, int otherFiles, int commits)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        LedgerRemote remote = new LedgerRemote(directory, environments);
        GitCommand git = new GitCommand(directory);
        git.run("init", "-q", "--bare", "-b", "main", ".");
        git.feed(
                input -> remote.history(new BufferedOutputStream(input, 1 << 16), otherFiles, commits),
                "fast-import",
                "--quiet");
        git.run("repack", "-adq");
        git.run("config", "gc.auto", "0");
        git.run("config", "receive.autogc", "false");
        return remote;
    }

    public String url() {
        return "file://" + directory;
    }

    /** Waits until a grant is opened, for a minute at most; answers the id of its request. */
    public String awaitOpened() throws IOException, InterruptedException {
        awaitEntry("open");
        return new GitCommand(directory)
                .run(
                        "log",
                        "-1",
                        "--grep=Bastion-Action: open",
                        "--format=%(trailers:key=Bastion-Request-Id,valueonly)",
                        "main");
    }

    /** Waits until there is an entry with an action, for a minute at most. */
    public void awaitEntry(String action) {
        Await.until(
                "an entry with the action " + action,
                Duration.ofMinutes(1),
                Duration.ofMillis(100),
                () -> count("Bastion-Action: " + action) > 0);
    }

    /** The number of expire entries. */
    public int expired() {
        return count("Bastion-Action: expire");
    }

    /** The number of commits with a line in their messages. */
    private int count(String line) {
        try {
            return Integer.parseInt(
                    new GitCommand(directory).run("rev-list", "--count", "--fixed-strings", "--grep=" + line, "main"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while git counts", e);
        }
    }

    public List<EnvironmentName> names() {
        return IntStream.range(0, environments).mapToObj(LedgerRemote::name).toList();
    }

    public static EnvironmentName name(int number) {
        return new EnvironmentName("team-%03d/env-%02d".formatted(number / PER_TEAM, number % PER_TEAM));
    }

    static String pathOf(EnvironmentName environment) {
        return "environments/" + environment.value() + "/bastion/terragrunt.hcl";
    }

    private void history(OutputStream out, int otherFiles, int commits) throws IOException {
        StringBuilder first = new StringBuilder(commit(1, "Everything"));
        file(first, "environments/root.hcl", "locals {}\n");
        file(
                first,
                "environments/access-policy.yaml",
                "unnamed: defaults\ndefaults:\n  limits: {at_once: 1000, requests_per_hour: 10000}\n");
        file(first, "README.md", "hello\n");
        names().forEach(name -> file(first, pathOf(name), EnvironmentFiles.closed(name)));
        IntStream.range(0, otherFiles).forEach(number -> file(first, other(number), "0\n"));
        write(out, first);
        Random random = new Random(1);
        for (int number = 2; number <= commits; number++) {
            StringBuilder next = new StringBuilder(commit(number, "Change number " + number));
            file(next, other(random.nextInt(Math.max(1, otherFiles))), number + "\n");
            write(out, next);
        }
        out.flush();
    }

    private static String other(int number) {
        return "live/stack-%03d/unit-%02d.hcl".formatted(number / 100, number % 100);
    }

    private static String commit(int number, String message) {
        return "commit refs/heads/main\nmark :%d\ncommitter Jane Roe <jane@example.com> %d +0000\ndata %d\n%s\n"
                        .formatted(number, 1_600_000_000L + number * 60L, message.length(), message)
                + (number == 1 ? "" : "from :" + (number - 1) + "\n");
    }

    private static void file(StringBuilder to, String path, String content) {
        int length = content.getBytes(StandardCharsets.UTF_8).length;
        to.append("M 100644 inline ")
                .append(path)
                .append("\ndata ")
                .append(length)
                .append('\n')
                .append(content)
                .append('\n');
    }

    private static void write(OutputStream out, StringBuilder text) throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
