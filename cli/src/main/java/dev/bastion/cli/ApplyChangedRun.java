package dev.bastion.cli;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.apply.ApplyReports;
import dev.bastion.apply.BranchPushes;
import dev.bastion.apply.ChangedEnvironments;
import dev.bastion.apply.ChangedResult;
import dev.bastion.apply.DueEnvironments.Due;
import dev.bastion.apply.ParallelRuns;
import dev.bastion.apply.ParallelRuns.Followed;
import dev.bastion.apply.ParallelRuns.TakingUp;
import dev.bastion.apply.RunResult;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.run.Progress;
import dev.bastion.apply.run.Redaction;
import dev.bastion.cli.option.FaultExit;
import dev.bastion.cli.table.Column;
import dev.bastion.cli.table.TableWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The run of {@code bastion apply --changed}: finds what is due, applies it, and says how it went in every form asked for. */
final class ApplyChangedRun {
    private final InstantSource clock;
    private final Map<String, String> environment;
    private final RunOptions options;
    private final ChangedOptions changed;
    private final Optional<String> branch;
    private final Progress progress;

    ApplyChangedRun(
            InstantSource clock,
            Map<String, String> environment,
            RunOptions options,
            ChangedOptions changed,
            Optional<String> branch) {
        this.clock = clock;
        this.environment = environment;
        this.options = options;
        this.changed = changed;
        this.branch = branch;
        Redaction redaction = Redaction.of(environment);
        this.progress = line -> System.out.println(redaction.text(line));
    }

    /** Runs, and returns the exit code. */
    int call() throws IOException {
        return FaultExit.of(progress::say, this::run);
    }

    private int run() throws IOException {
        ChangedEnvironments clone = new ChangedEnvironments(Path.of("."), environment, options.layout());
        Optional<ApplyReports> reports = GithubApplyReports.of(environment, changed.ciLogin());
        Due due = due(clone, reports);
        due.notes().forEach(progress::say);
        progress.say(due.line());
        Followed followed = apply(clone, reports, due);
        ChangedResult result = followed.result();
        Optional<String> newest = due.newest().flatMap(_ -> followed.last().newest());
        if (result.isComplete() && reports.isPresent() && newest.isPresent()) {
            reportEnd(reports.get(), newest.get(), result);
        }
        tell(result);
        return followed.isWhole() ? result.exitCode() : Math.max(1, result.exitCode());
    }

    private Due due(ChangedEnvironments clone, Optional<ApplyReports> reports) {
        String head = clone.headOf(branch, changed.revision());
        if (changed.only().isEmpty()) {
            return clone.due(reports).at(head, changed.old(), clock.instant());
        }
        Due due = clone.due(reports).only(changed.only().get(), head, clock.instant());
        if (due.all().isEmpty()) {
            throw new InvalidConfiguration("there is no environment "
                    + changed.only().get() + " in " + head.substring(0, 12) + "; its name is like prod/orders");
        }
        return due;
    }

    private Followed apply(ChangedEnvironments clone, Optional<ApplyReports> reports, Due due) throws IOException {
        return options.run(
                clock,
                environment,
                GithubStatusReporter.forApply(environment),
                (runner, shutdown) -> new ParallelRuns(clock, progress, shutdown, changed.parallel())
                        .follow(
                                due,
                                new BranchPushes(clone, branch, reports, clock),
                                TakingUp.USUAL,
                                (head, each) -> runner.prefixed("[" + each.environment() + "] ")
                                        .apply(options.request(
                                                clone.top().resolve(each.directory()),
                                                Optional.of(head),
                                                Optional.empty(),
                                                Optional.empty()))));
    }

    /** Lets the next run stop looking back here. */
    private void reportEnd(ApplyReports reports, String commit, ChangedResult result) {
        try {
            reports.ended(commit, result);
        } catch (ObservationFailed e) {
            progress.say("the end of the run could not be reported, so the next run looks further back: "
                    + Progress.oneLine(String.valueOf(e.getMessage())));
        }
    }

    private void tell(ChangedResult result) throws IOException {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        if (!result.results().isEmpty()) {
            TableWriter<RunResult> table = new TableWriter<>(
                    List.of(
                            Column.of("environment", RunResult::environment),
                            Column.of("asked", RunResult::action),
                            Column.of("outcome", RunResult::word),
                            Column.of("seconds", each -> each.duration().toSeconds()),
                            Column.of("what", RunResult::sentence)),
                    out);
            result.results().forEach(table::row);
            table.end();
        }
        progress.say(result.summary());
        options.writeResult(result.json());
        if (changed.summary().isPresent()) {
            Files.writeString(
                    changed.summary().get(), result.markdown(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
