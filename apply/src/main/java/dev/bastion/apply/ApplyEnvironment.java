package dev.bastion.apply;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.plan.PlanDocument;
import dev.bastion.apply.plan.PlanGuard;
import dev.bastion.apply.plan.PlanSummary;
import dev.bastion.apply.plan.StandingResources;
import dev.bastion.apply.run.Intent;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.run.Outcome;
import dev.bastion.apply.run.Progress;
import dev.bastion.apply.run.Redaction;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.apply.source.GitRepository;
import dev.bastion.apply.source.SelectedSource;
import dev.bastion.apply.source.SourceSelection;
import dev.bastion.apply.stack.Driver;
import dev.bastion.apply.stack.DriverSelection;
import dev.bastion.apply.stack.EnvironmentConfiguration;
import dev.bastion.apply.stack.EnvironmentDirectory;
import dev.bastion.apply.stack.GitProvenance;
import dev.bastion.apply.stack.Provenance;
import dev.bastion.apply.terraform.CliConfiguration;
import dev.bastion.apply.terraform.Command;
import dev.bastion.apply.terraform.CommandRunner;
import dev.bastion.apply.terraform.ShutdownRequest;
import dev.bastion.apply.terraform.Terraform;
import dev.bastion.apply.terraform.Tools;
import dev.bastion.apply.terraform.WorkDirectory;
import dev.bastion.layout.Layout;
import dev.bastion.layout.file.AuditPaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The run that brings one environment to the state its file asks for: plan, guard, apply, verify, report. */
public final class ApplyEnvironment {
    private final Tools tools;
    private final InstantSource clock;
    private final Progress progress;
    private final OutcomeReporter reporter;
    private final CommandRunner runner;
    private final Redaction redaction;
    private final CredentialsSource credentials;
    private final SharedResources shared;

    /**
     * @param shutdown the request to stop the run
     * @param redaction what must not leave the run
     * @param credentials the source of each environment's credentials
     */
    public ApplyEnvironment(
            Tools tools,
            InstantSource clock,
            Progress progress,
            OutcomeReporter reporter,
            ShutdownRequest shutdown,
            Redaction redaction,
            CredentialsSource credentials) {
        this(
                tools,
                clock,
                line -> progress.say(redaction.text(line)),
                reporter,
                new CommandRunner(shutdown),
                redaction,
                credentials,
                new SharedResources());
    }

    private ApplyEnvironment(
            Tools tools,
            InstantSource clock,
            Progress progress,
            OutcomeReporter reporter,
            CommandRunner runner,
            Redaction redaction,
            CredentialsSource credentials,
            SharedResources shared) {
        this.tools = tools;
        this.clock = clock;
        this.progress = progress;
        this.reporter = reporter;
        this.runner = runner;
        this.redaction = redaction;
        this.credentials = credentials;
        this.shared = shared;
    }

    /** The same, with this text before each line of its progress. Several of these may run at once. */
    public ApplyEnvironment prefixed(String prefix) {
        return new ApplyEnvironment(
                tools, clock, line -> progress.say(prefix + line), reporter, runner, redaction, credentials, shared);
    }

    /** Plans and checks the plan with the guard; changes nothing. */
    public RunResult plan(ApplyRequest request) {
        return run(new RunRecorder("plan", request.directory().toString(), clock), request);
    }

    /** Plans, and applies that saved plan unless the guard objects. Faults do not throw: the result has them. */
    public RunResult apply(ApplyRequest request) {
        return run(new RunRecorder("apply", request.directory().toString(), clock), request);
    }

    private RunResult run(RunRecorder run, ApplyRequest request) {
        RunResult result;
        try (WorkDirectory work = WorkDirectory.create()) {
            result = attempt(run, request, work).redacted(redaction);
            work.unsavedState()
                    .ifPresent(state -> progress.say("Terraform could not save the state; it is in " + state
                            + ". Run terraform state push with it before the next apply"));
        }
        new RunAnnouncer(reporter, progress).ended(result);
        return result;
    }

    private RunResult attempt(RunRecorder run, ApplyRequest request, WorkDirectory work) {
        try {
            return steps(run, request, work);
        } catch (InvalidConfiguration e) {
            return run.failed(Outcome.UNUSABLE, String.valueOf(e.getMessage()));
        } catch (StepFailed e) {
            return run.failed(Outcome.FAILED, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return run.failed(Outcome.FAILED, "unexpected: " + e);
        }
    }

    private RunResult steps(RunRecorder run, ApplyRequest request, WorkDirectory work) {
        CliConfiguration cli = CliConfiguration.choose(tools, work.path());
        GitRepository repository = GitRepository.around(request.directory(), runner, tools.forGit(cli.environment()));
        String path = repository.pathOf(request.directory());
        String head = repository.commit(request.head().orElse("HEAD"));
        Layout layout = request.layout().of(repository, head);
        String file = layout.fileIn(path, repository.tree(head)::has);
        Optional<EnvironmentName> environment = layout.environmentAt(file);
        String name = environment.map(EnvironmentName::value).orElse(path);
        run.setEnvironment(name);
        String revision = request.revision().map(repository::commit).orElse(head);
        Provenance provenance = run.step("read", () -> new GitProvenance(repository).of(revision, name, file));
        run.setProvenance(provenance);
        new RunAnnouncer(reporter, progress).started(name, provenance.commit());
        SelectedSource source = run.step("read", () -> select(request, layout, repository, path, head, revision, work));
        if (source.isOffShape() && source.asksToOpen() && run.plansOnly()) {
            throw new InvalidConfiguration("not planned, because it would not be opened: " + source.sentences());
        }
        EnvironmentDirectory directory = EnvironmentDirectory.locate(source.directory(), source.fileName());
        AuditPaths paths = layout.auditPathsAt(source.file()).getFirst();
        EnvironmentConfiguration configuration = run.step("read", () -> read(run, directory, paths));
        RunTarget target = RunTarget.of(run.plansOnly(), name, source.file(), layout);
        Map<String, String> variables = run.step("credentials", () -> credentials(target, cli.environment()));
        Driver driver = run.step(
                "read",
                () -> new DriverSelection(tools.with(variables), runner).choose(request.driver(), configuration));
        run.setDriver(driver);
        progress.say(name + ": " + driver.name() + ", " + cli.description()
                + provenance
                        .commit()
                        .map(id -> ", commit " + id.substring(0, 12))
                        .orElse(""));
        provenance.warnings().forEach(progress::say);
        Provenance passed = provenance.removing(source.isRemoved());
        Command command = run.step("synthesise", () -> shared.alone(() -> driver.prepare(work, passed, variables)));
        Terraform terraform = new Terraform(command, runner, progress);
        PlanGuard guard = new PlanGuard(driver.scope(), environment.map(EnvironmentName::resourceName));
        return planAndGuard(run, request, work.resolve("plan"), terraform, configuration, guard, source);
    }

    /** The variables with the credentials of the environment's account, which leave the run as little as any others. */
    private Map<String, String> credentials(RunTarget target, Map<String, String> own) {
        Map<String, String> variables = credentials.variablesFor(target, own);
        Map<String, String> added = new HashMap<>(variables);
        added.entrySet().removeAll(own.entrySet());
        redaction.learn(added);
        return variables;
    }

    private EnvironmentConfiguration read(RunRecorder run, EnvironmentDirectory directory, AuditPaths paths) {
        EnvironmentConfiguration written = EnvironmentConfiguration.read(directory, paths);
        EnvironmentConfiguration planned = run.plansOnly() ? written.asIfBegunBy(clock.instant()) : written;
        if (!planned.equals(written)) {
            progress.say("its grant begins later; planned as if it began now");
        }
        return planned;
    }

    private SelectedSource select(
            ApplyRequest request,
            Layout layout,
            GitRepository repository,
            String path,
            String head,
            String revision,
            WorkDirectory work) {
        SourceSelection selection = new SourceSelection(repository, head, layout);
        request.branch().ifPresent(branch -> selection.requireNewest(path, branch));
        boolean isOfACommit = request.revision().isPresent() || request.head().isPresent();
        List<String> uncommitted = isOfACommit ? List.of() : selection.uncommitted(path);
        if (!uncommitted.isEmpty()) {
            throw new InvalidConfiguration("only what is committed is applied, and these files are not: "
                    + uncommitted.stream().limit(5).collect(Collectors.joining(", "))
                    + (uncommitted.size() > 5 ? ", …" : "") + ". Commit or remove them");
        }
        SelectedSource source = selection.select(path, revision, work.path(), clock.instant());
        if (source.isOffShape()) {
            progress.say("not in canonical shape, so it can only be closed, from commit "
                    + source.commit().substring(0, 12) + ": " + Progress.oneLine(source.sentences()));
        }
        return source;
    }

    private RunResult planAndGuard(
            RunRecorder run,
            ApplyRequest request,
            Path plan,
            Terraform terraform,
            EnvironmentConfiguration configuration,
            PlanGuard guard,
            SelectedSource source) {
        run.setPlan(configuration.intentAt(clock.instant()), new PlanSummary(List.of()));
        boolean locked = Files.exists(configuration.directory().lockFile());
        step(run, "init", () -> shared.initialise(terraform, locked, tools));
        StandingResources standing = standing(source, configuration);
        if (source.isOffShape() && standing.leftBehind(terraform.addresses()).isEmpty()) {
            return closedInsteadOfOpened(run, source, run.done(Outcome.UNCHANGED));
        }
        progress.say("plan");
        boolean changes = run.step("plan", () -> terraform.plan(plan, request.lockTimeout()));
        PlanDocument document = changes
                ? run.step("guard", () -> terraform.show(plan))
                : new PlanDocument(clock.instant(), List.of(), List.of());
        Intent intent = configuration.intentAt(document.plannedAt());
        PlanSummary summary = new PlanSummary(document.changes());
        run.setPlan(intent, summary);
        progress.say("  " + intent.word() + ": " + summary.line());
        List<String> objections = guard.objections(document, intent, standing);
        if (!objections.isEmpty()) {
            objections.forEach(objection -> progress.say("  refused: " + Progress.oneLine(objection)));
            run.setObjections(objections);
            return run.failed(Outcome.REFUSED, "the guard refused this plan");
        }
        return closedInsteadOfOpened(run, source, applyPlan(run, request, plan, terraform, intent, standing, changes));
    }

    private static StandingResources standing(SelectedSource source, EnvironmentConfiguration configuration) {
        if (source.isRemoved()) {
            return StandingResources.RECORDS;
        }
        return configuration.hasStandingRules() ? StandingResources.SKELETON_AND_RULES : StandingResources.SKELETON;
    }

    /** The result of a run that closed an environment because of its shape: failed where its file asks for a bastion. */
    private static RunResult closedInsteadOfOpened(RunRecorder run, SelectedSource source, RunResult closed) {
        return source.asksToOpen() && closed.succeeded()
                ? run.failed(Outcome.UNUSABLE, "not opened, and closed where it was open: " + source.sentences())
                : closed;
    }

    private RunResult applyPlan(
            RunRecorder run,
            ApplyRequest request,
            Path plan,
            Terraform terraform,
            Intent intent,
            StandingResources standing,
            boolean changes) {
        if (run.plansOnly()) {
            return run.done(changes ? Outcome.PLANNED : Outcome.UNCHANGED);
        }
        if (changes) {
            progress.say("apply");
            run.setOutputs(run.step("apply", () -> terraform.apply(plan, request.lockTimeout())));
        }
        if (intent == Intent.CLOSE) {
            List<String> left = run.step("verify", () -> standing.leftBehind(terraform.addresses()));
            run.setLeftBehind(left);
            if (!left.isEmpty()) {
                return run.failed(
                        Outcome.FAILED,
                        "the environment is closed, but the state still has " + String.join(", ", left)
                                + ". Make every resource of the module depend on deploy_bastion");
            }
        }
        return run.done(changes ? Outcome.APPLIED : Outcome.UNCHANGED);
    }

    private static void step(RunRecorder run, String step, Runnable work) {
        run.step(step, () -> {
            work.run();
            return Optional.empty();
        });
    }
}
