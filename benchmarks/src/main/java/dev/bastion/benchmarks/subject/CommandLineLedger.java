package dev.bastion.benchmarks.subject;

import dev.bastion.access.grant.EnvironmentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The alternative to the ledger: a script with git that pulls, edits, commits and pushes. */
public final class CommandLineLedger {
    private final String remote;
    private final Path scratch;
    private int clones;

    public CommandLineLedger(String remote, Path scratch) {
        this.remote = remote;
        this.scratch = scratch;
    }

    /** A clone with a work tree. */
    public GitCommand cloneRepository() throws IOException, InterruptedException {
        return clone(List.of());
    }

    public void recordIn(GitCommand clone, EnvironmentName environment) throws IOException, InterruptedException {
        clone.run("pull", "-q", "--ff-only");
        change(clone, environment);
    }

    /** Rebases and pushes until no other push is faster. */
    public static void recordUntilPushed(GitCommand clone, EnvironmentName environment)
            throws IOException, InterruptedException {
        clone.run("pull", "-q", "--ff-only");
        commit(clone, environment);
        while (!isPushed(clone)) {
            clone.run("pull", "-q", "--rebase");
        }
    }

    private static boolean isPushed(GitCommand clone) throws InterruptedException {
        try {
            clone.run("push", "-q", "origin", "main");
            return true;
        } catch (IOException _) {
            return false; // the benchmark would never end if this were anything but a lost race
        }
    }

    public void recordInFreshShallowClone(EnvironmentName environment) throws IOException, InterruptedException {
        GitCommand clone = clone(List.of("--depth", "1", "--single-branch", "--no-tags"));
        change(clone, environment);
        delete(clone.directory());
    }

    private GitCommand clone(List<String> options) throws IOException, InterruptedException {
        Path directory = scratch.resolve("cli-" + clones++);
        Stream<String> command = Stream.of(
                        Stream.of("clone", "-q"), options.stream(), Stream.of(remote, directory.toString()))
                .flatMap(part -> part);
        new GitCommand(scratch).run(command.toArray(String[]::new));
        return new GitCommand(directory);
    }

    private static void change(GitCommand clone, EnvironmentName environment) throws IOException, InterruptedException {
        commit(clone, environment);
        clone.run("push", "-q", "origin", "main");
    }

    private static void commit(GitCommand clone, EnvironmentName environment) throws IOException, InterruptedException {
        String path = LedgerRemote.pathOf(environment);
        Path file = clone.directory().resolve(path);
        Files.writeString(file, EnvironmentFiles.toggled(Files.readString(file)));
        clone.run("add", path);
        clone.run("commit", "-q", "-m", "bastion(" + environment + "): toggled");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
