package dev.bastion.apply.stack;

import dev.bastion.apply.run.Progress;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.apply.terraform.Command;
import dev.bastion.apply.terraform.CommandRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Asks git which commit last touched an environment file. What it cannot say is left empty and remarked upon. */
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
                    "--format=%H%n%(trailers:key=Bastion-Environment,valueonly,unfold,separator=%x20)%n"
                            + "%(trailers:key=Bastion-Request-Id,valueonly,unfold,separator=%x20)%n%D",
                    "--",
                    directory.file().getFileName().toString());
        } catch (StepFailed e) {
            return unknown(String.valueOf(e.getMessage()));
        }
        if (lines.isEmpty() || !COMMIT.matcher(lines.getFirst()).matches()) {
            return unknown("git knows no commit of " + directory.file());
        }
        return found(directory, lines);
    }

    private Provenance found(EnvironmentDirectory directory, List<String> lines) {
        String commit = lines.getFirst();
        boolean ours = lines.get(1).equals(directory.name());
        Optional<String> request = Optional.of(lines.get(2))
                .filter(id -> ours && REQUEST.matcher(id).matches());
        List<String> remarks = new ArrayList<>();
        if (isShallowAt(directory, commit)) {
            remarks.add("this clone ends at " + commit.substring(0, 12)
                    + ", so an older commit may be the one that asks for this; clone the whole history");
        }
        if (!git(
                        directory,
                        "status",
                        "--porcelain",
                        "--",
                        directory.file().getFileName().toString())
                .isEmpty()) {
            remarks.add("the file is not as it was committed");
        }
        return new Provenance(Optional.of(commit), request, remarks);
    }

    /** A shallow clone's last commit looks as if it had touched every file. */
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
        return new Provenance(Optional.empty(), Optional.empty(), List.of("commit unknown: " + Progress.oneLine(why)));
    }
}
