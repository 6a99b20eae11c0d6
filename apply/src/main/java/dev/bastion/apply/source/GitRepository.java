package dev.bastion.apply.source;

import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.apply.terraform.Command;
import dev.bastion.apply.terraform.CommandRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A clone of the repository, read by the program {@code git}. Nothing in it runs: hooks, the file system monitor and other
 * programs of its configuration are off, and git gets no credentials of AWS.
 *
 * @see <a href="https://git-scm.com/docs/git-config#Documentation/git-config.txt-corefsmonitor">git-config</a>
 */
public final class GitRepository {
    private static final int MOST_BYTES = 64 * 1024 * 1024;
    private static final Duration FETCH_TIME = Duration.ofMinutes(2);
    /** The id that git gives a tree without entries. */
    static final String EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

    private static final Pattern REVISION = Pattern.compile("[0-9A-Za-z_][0-9A-Za-z_./@^~-]{0,200}");
    private static final List<String> GIT = List.of(
            "git",
            "--no-pager",
            "--literal-pathspecs",
            "--no-replace-objects",
            "-c",
            "core.fsmonitor=",
            "-c",
            "core.hooksPath=/dev/null",
            "-c",
            "core.quotePath=false",
            "-c",
            "diff.external=",
            "-c",
            "safe.bareRepository=explicit");
    private static final List<String> SECRET_PREFIXES = List.of("AWS_", "TF_", "TG_");

    private final Path top;
    private final CommandRunner runner;
    private final Map<String, String> environment;

    private GitRepository(Path top, CommandRunner runner, Map<String, String> environment) {
        this.top = top;
        this.runner = runner;
        this.environment = environment;
    }

    /**
     * The repository around a directory, which need not exist.
     *
     * @param environment the environment of child processes
     * @throws InvalidConfiguration when there is none
     */
    public static GitRepository around(Path directory, CommandRunner runner, Map<String, String> environment) {
        for (Path each = real(directory); each != null; each = each.getParent()) {
            if (Files.exists(each.resolve(".git"))) {
                return new GitRepository(each, runner, withoutSecrets(environment));
            }
        }
        throw new InvalidConfiguration(directory + " is in no git repository. Only what is committed is applied");
    }

    private static Map<String, String> withoutSecrets(Map<String, String> environment) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.keySet().removeIf(name -> SECRET_PREFIXES.stream().anyMatch(name::startsWith));
        all.put("GIT_OPTIONAL_LOCKS", "0");
        all.put("GIT_TERMINAL_PROMPT", "0");
        all.put("LC_ALL", "C");
        return all;
    }

    /** The path as the file system has it: links are followed as far as it exists. */
    private static Path real(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        Path missing = Path.of("");
        while (!Files.exists(path) && path.getParent() != null && path.getFileName() != null) {
            missing = path.getFileName().resolve(missing);
            path = path.getParent();
        }
        try {
            return path.toRealPath().resolve(missing).normalize();
        } catch (IOException e) {
            throw new InvalidConfiguration("cannot read the directory " + path + ": " + e.getMessage(), e);
        }
    }

    public Path top() {
        return top;
    }

    /** The directory's path from the repository's root, with slashes. */
    public String pathOf(Path directory) {
        return top.relativize(real(directory)).toString().replace('\\', '/');
    }

    /**
     * The id of the commit that a revision names.
     *
     * @throws InvalidConfiguration when it names none
     */
    public String commit(String revision) {
        return findCommit(revision)
                .orElseThrow(() -> new InvalidConfiguration(
                        "'" + revision + "' is no commit of " + top + ". Fetch it, or name another one"));
    }

    /** The id of the commit that a revision names; empty when the clone has none. */
    public Optional<String> findCommit(String revision) {
        if (!REVISION.matcher(revision).matches()) {
            return Optional.empty();
        }
        List<String> output = new ArrayList<>();
        int code = runner.run(
                command("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"),
                output::add,
                _ -> {});
        return code == 0 && !output.isEmpty() ? Optional.of(output.getFirst()) : Optional.empty();
    }

    /** Where two lines of history meet; empty when they do not. */
    public Optional<String> mergeBase(String one, String other) {
        List<String> output = new ArrayList<>();
        int code = runner.run(command("merge-base", one, other), output::add, _ -> {});
        return code == 0 && !output.isEmpty() ? Optional.of(output.getFirst()) : Optional.empty();
    }

    public GitTree tree(String commit) {
        return new GitTree(this, commit);
    }

    /** The commits of the first-parent line that changed one of these paths, the newest first. */
    public List<String> changesOf(String commit, int limit, List<String> paths) {
        List<String> arguments =
                new ArrayList<>(List.of("rev-list", "--first-parent", "--max-count=" + limit, commit, "--"));
        arguments.addAll(paths);
        return lines(arguments.toArray(String[]::new));
    }

    /** The commits of the first-parent line after another commit that changed one of these paths, the newest first. */
    public List<String> changesSince(String old, String head, int limit, List<String> paths) {
        List<String> arguments =
                new ArrayList<>(List.of("rev-list", "--first-parent", "--max-count=" + limit, head, "^" + old, "--"));
        arguments.addAll(paths);
        return lines(arguments.toArray(String[]::new));
    }

    /** The paths that a commit changed since its first parent; of a first commit, all. */
    public List<String> changedBy(String commit) {
        return findCommit(commit + "^")
                .map(parent -> changedPaths(parent, commit))
                .orElseGet(() -> changedPaths(EMPTY_TREE, commit));
    }

    /** The paths that differ between two commits, both of a renamed file included. */
    public List<String> changedPaths(String before, String after) {
        return new TreeDifference(this).between(before, after);
    }

    /** The files below these paths whose content is not committed, without ignored ones. */
    public List<String> uncommitted(List<String> paths) {
        List<String> arguments = new ArrayList<>(
                List.of("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--"));
        arguments.addAll(paths);
        return separated(output(arguments.toArray(String[]::new))).stream()
                .map(line -> line.substring(3))
                .toList();
    }

    /** The address of the remote {@code origin}; empty without one. */
    public Optional<String> origin() {
        try {
            return lines("config", "--get", "remote.origin.url").stream().findFirst();
        } catch (StepFailed _) {
            return Optional.empty();
        }
    }

    /**
     * Fetches a branch of {@code origin} and returns its head.
     *
     * @throws StepFailed when {@code origin} does not give it within two minutes
     */
    public String fetch(String branch) {
        Command fetch =
                command("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "origin", "refs/heads/" + branch);
        try {
            runner.output(fetch, MOST_BYTES, FETCH_TIME);
        } catch (StepFailed e) {
            throw failed("fetch", e);
        }
        return commit("FETCH_HEAD");
    }

    /**
     * Fetches what a shallow clone lacks: without it, earlier versions of {@code ledger.yaml} and of environments would be unknown.
     *
     * @throws InvalidConfiguration when {@code origin} does not give it
     */
    public void completeHistory() {
        if (!isShallow()) {
            return;
        }
        try {
            output("fetch", "--quiet", "--no-tags", "--no-recurse-submodules", "--unshallow", "origin");
        } catch (StepFailed e) {
            throw shallow(": " + e.getMessage());
        }
        if (isShallow()) {
            throw shallow(", which is shallow itself");
        }
    }

    private boolean isShallow() {
        return lines("rev-parse", "--is-shallow-repository").contains("true");
    }

    private InvalidConfiguration shallow(String why) {
        return new InvalidConfiguration(
                "the clone in " + top + " is shallow, and the rest of its history did not come from" + " origin" + why
                        + ". Clone the whole history, in GitHub's checkout with fetch-depth: 0");
    }

    /** The lines of a git command's output. */
    public List<String> lines(String... arguments) {
        return new String(output(arguments), StandardCharsets.UTF_8).lines().toList();
    }

    byte[] output(String... arguments) {
        return output(Optional.empty(), arguments);
    }

    byte[] output(Optional<Path> input, String... arguments) {
        try {
            return runner.output(command(arguments), input, MOST_BYTES);
        } catch (StepFailed e) {
            throw failed(arguments[0], e);
        }
    }

    private static StepFailed failed(String subcommand, StepFailed e) {
        String reason = String.valueOf(e.getMessage());
        return new StepFailed("git " + subcommand + " failed: " + reason.substring(reason.indexOf(" failed: ") + 9), e);
    }

    private Command command(String... arguments) {
        return new Command(GIT, top, environment).with(arguments);
    }

    private static List<String> separated(byte[] output) {
        return Arrays.stream(new String(output, StandardCharsets.UTF_8).split("\0"))
                .filter(each -> !each.isEmpty())
                .toList();
    }
}
