package dev.bastion.cli.drift;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.ApplyEnvironment;
import dev.bastion.apply.ApplyRequest;
import dev.bastion.apply.ChangedEnvironments;
import dev.bastion.apply.CredentialsSource;
import dev.bastion.apply.Drift;
import dev.bastion.apply.OutcomeReporter;
import dev.bastion.apply.RunResult;
import dev.bastion.apply.run.Progress;
import dev.bastion.apply.run.Redaction;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.apply.stack.DriverChoice;
import dev.bastion.apply.terraform.ChildEnvironment;
import dev.bastion.apply.terraform.CommandRunner;
import dev.bastion.apply.terraform.ShutdownRequest;
import dev.bastion.apply.terraform.Tools;
import dev.bastion.cli.account.AccountCredentials;
import dev.bastion.cli.option.FaultExit;
import dev.bastion.cli.option.LayoutOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code bastion drift}, which CI runs on a schedule with a role that may only read. */
@Command(
        name = "drift",
        mixinStandardHelpOptions = true,
        description = "Compares environments with AWS. A bastion without a grant opens an issue, unless one is open."
                + " Needs the programs aws and gh.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:as the files say", "1:an incident, or another difference", "2:wrong usage"})
public final class DriftCommand implements Callable<Integer> {
    private final InstantSource clock;
    private final Map<String, String> environment;

    @Parameters(paramLabel = "ENVIRONMENT", arity = "0..*", description = "The environments; none for all.")
    private List<EnvironmentName> names = List.of();

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "After which time a difference is looked at again (default: 600).")
    private long patience = 600;

    @Option(
            names = "--branch",
            paramLabel = "BRANCH",
            defaultValue = "${env:GITHUB_REF_NAME:-main}",
            description = "The branch that is looked at again (default: $GITHUB_REF_NAME, else main).")
    private String branch = "main";

    @Option(names = "--json", description = "Print what differs as one JSON object, by environment.")
    private boolean json;

    @Mixin
    private LayoutOptions layout = new LayoutOptions();

    public DriftCommand(InstantSource clock, Map<String, String> environment) {
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Redaction redaction = Redaction.of(environment);
        Progress progress = line -> (json ? System.err : System.out).println(redaction.text(line));
        return FaultExit.of(progress::say, () -> check(progress, redaction));
    }

    private int check(Progress progress, Redaction redaction) {
        List<EnvironmentName> all = names.isEmpty() ? everyEnvironment() : names;
        Map<EnvironmentName, Drift> differing =
                new DriftCheck(new Live(progress, redaction), progress, Duration.ofSeconds(patience)).check(all);
        if (json) {
            System.out.println(redaction.text(DriftReport.json(differing)));
        }
        return differing.isEmpty() ? 0 : 1;
    }

    private List<EnvironmentName> everyEnvironment() {
        return environments().in("HEAD").environments();
    }

    private ChangedEnvironments environments() {
        return new ChangedEnvironments(Path.of("."), environment, layout.source());
    }

    /** Terraform, AWS, git and GitHub. */
    private final class Live implements DriftCheck.World {
        private final ShutdownRequest shutdown = new ShutdownRequest();
        private final ChildPrograms programs = ChildPrograms.onThePath(new CommandRunner(shutdown), environment);
        private final CredentialsSource credentials;
        private final ApplyEnvironment runner;

        Live(Progress progress, Redaction redaction) {
            this.credentials = new AccountCredentials(environment, redaction);
            this.runner = new ApplyEnvironment(
                    Tools.find(environment), clock, progress, OutcomeReporter.NONE, shutdown, redaction, credentials);
        }

        @Override
        public RunResult plan(EnvironmentName name, Optional<String> revision) {
            Path directory = Path.of(environments().directoryOf(name));
            return runner.plan(new ApplyRequest(
                    directory,
                    DriverChoice.AUTO,
                    ApplyRequest.LOCK_TIMEOUT,
                    Optional.empty(),
                    revision,
                    Optional.empty(),
                    layout.source()));
        }

        @Override
        public List<String> instances(EnvironmentName name) {
            Map<String, String> variables =
                    credentials.variablesFor(environments().targetOf(name), ChildEnvironment.of(environment));
            return programs.instances(name, variables);
        }

        @Override
        public String headAfter(Duration patience) {
            try {
                Thread.sleep(patience);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StepFailed("stopped while waiting to look again", e);
            }
            return environments().fetch(branch);
        }

        @Override
        public void report(String title, String body) {
            programs.openIssue(title, body);
        }
    }
}
