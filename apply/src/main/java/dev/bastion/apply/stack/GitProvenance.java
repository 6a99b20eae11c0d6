package dev.bastion.apply.stack;

import dev.bastion.apply.run.Progress;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.apply.terraform.Command;
import dev.bastion.apply.terraform.CommandRunner;
import dev.bastion.layout.LedgerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The reader of an environment file's last commit, by git. Unknown values stay empty, with a warning. */
public final class GitProvenance {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern REQUEST = Pattern.compile("[0-9A-HJKMNP-TV-Z]{14,26}");

    private final CommandRunner runner;
    private final Map<String, String> environment;

    public GitProvenance(CommandRunner runner, Map<String, String> environment) {
        this.runner = runner;
        this.environment = environment;
    }

    public Provenance of(EnvironmentDirectory directory) {
        List<String> lines;
        try {
            lines = git(
                    directory,
                    "log",
                    "-1",
                    // of an approved request, the merge: the service looks for CI's report on that commit
                    "--first-parent",
                    "--format=%H%n%(trailers:key=Bastion-Environment,valueonly,unfold,separator=%x20)%n"
                            + "%(trailers:key=Bastion-Request-Id,valueonly,unfold,separator=%x20)%n%D",
                    "--",
                    directory.file().getFileName().toString());
        } catch (StepFailed e) {
            return unknown(String.valueOf(e.getMessage()));
        }
        if (lines.isEmpty() || !COMMIT.matcher(lines.getFirst()).matches()) {
            return unknown("no commit has changed " + directory.file());
        }
        return read(directory, lines);
    }

    private Provenance read(EnvironmentDirectory directory, List<String> lines) {
        String commit = lines.getFirst();
        boolean isAboutThisEnvironment = lines.get(1).equals(directory.name());
        Optional<String> request = Optional.of(lines.get(2))
                .filter(id -> isAboutThisEnvironment && REQUEST.matcher(id).matches());
        List<String> warnings = new ArrayList<>();
        if (isShallowAt(directory, commit)) {
            warnings.add("the clone is shallow and ends at " + commit.substring(0, 12)
                    + ", so an older commit may be the real one; clone the full history");
        }
        if (!git(
                        directory,
                        "status",
                        "--porcelain",
                        "--",
                        directory.file().getFileName().toString())
                .isEmpty()) {
            warnings.add("the environment file has uncommitted changes");
        }
        return new Provenance(Optional.of(commit), request, ledger(directory), warnings);
    }

    private Optional<String> ledger(EnvironmentDirectory directory) {
        try {
            return git(directory, "config", "--get", "remote.origin.url").stream()
                    .findFirst()
                    .flatMap(LedgerName::of);
        } catch (StepFailed _) {
            return Optional.empty();
        }
    }

    /** In a shallow clone the oldest commit seems to change every file. */
    private boolean isShallowAt(EnvironmentDirectory directory, String commit) {
        return git(directory, "rev-parse", "--is-shallow-repository").contains("true")
                && git(directory, "rev-list", "--max-count=1", "--parents", commit)
                        .equals(List.of(commit));
    }

    private List<String> git(EnvironmentDirectory directory, String... arguments) {
        List<String> output = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        int code = runner.run(
                new Command(List.of("git", "--no-pager"), directory.path(), environment).with(arguments),
                output::add,
                errors::add);
        if (code != 0) {
            throw new StepFailed("git " + arguments[0] + " failed: " + String.join(" ", errors));
        }
        return output;
    }

    private static Provenance unknown(String why) {
        return new Provenance(
                Optional.empty(), Optional.empty(), Optional.empty(), List.of("commit unknown: " + Progress.oneLine(why)));
    }
}
