package dev.bastion.cli.init;

import dev.bastion.access.grant.InvalidValue;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.apply.source.GitRepository;
import dev.bastion.apply.terraform.CommandRunner;
import dev.bastion.apply.terraform.ShutdownRequest;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code bastion init}, which turns a git repository into a ledger. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description =
                "Writes what a ledger needs into a git repository: ledger.yaml, policy, people, workflows, CODEOWNERS,"
                        + " the Slack manifest, settings, and a first environment. It changes no file that is there: it prints what"
                        + " they lack as a patch.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:a file could not be written", "2:an answer is missing or invalid, or wrong usage"})
public final class InitCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final Supplier<Optional<Prompt>> terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "A directory of the repository (default: .).")
    private Path directory = Path.of(".");

    @Mixin
    private ChoiceOptions options = new ChoiceOptions();

    @Option(names = "--non-interactive", description = "Ask nothing, also at a terminal.")
    private boolean isNonInteractive;

    @Option(names = "--dry-run", description = "Write nothing; print a patch that git apply takes.")
    private boolean isDryRun;

    /** @param terminal the person who runs the command; empty for none */
    public InitCommand(Map<String, String> environment, Supplier<Optional<Prompt>> terminal) {
        this.environment = environment;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        PrintWriter errors = spec.commandLine().getErr();
        try {
            GitRepository git = GitRepository.around(directory, new CommandRunner(new ShutdownRequest()), environment);
            ExistingRepository repository = ExistingRepository.at(git.top());
            ChoiceReader reader = new ChoiceReader(isNonInteractive ? Optional.empty() : terminal.get());
            LedgerChoices choices = new ChoiceQuestions(options, repository, clone(git), reader).ask();
            if (!reader.problems().isEmpty()) {
                reader.problems().forEach(errors::println);
                return 2;
            }
            return write(choices, repository);
        } catch (InvalidValue e) {
            errors.println(e.explanation());
            return 2;
        } catch (InvalidConfiguration e) {
            errors.println(e.getMessage());
            return 2;
        } catch (UncheckedIOException e) {
            errors.println(e.getMessage());
            return 1;
        }
    }

    private ChoiceQuestions.Clone clone(GitRepository git) {
        return new ChoiceQuestions.Clone(
                git.origin(),
                branch(git),
                Optional.ofNullable(environment.get("AWS_REGION"))
                        .or(() -> Optional.ofNullable(environment.get("AWS_DEFAULT_REGION"))));
    }

    /** Also of a repository without a commit. */
    private static Optional<String> branch(GitRepository git) {
        try {
            return git.lines("symbolic-ref", "--quiet", "--short", "HEAD").stream()
                    .findFirst();
        } catch (StepFailed _) {
            return Optional.of("main");
        }
    }

    private int write(LedgerChoices choices, ExistingRepository repository) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter errors = spec.commandLine().getErr();
        List<FilePlan> plans = new GeneratedFiles(choices, repository)
                .all().stream().map(file -> FilePlan.of(file, repository)).toList();
        InitReport report = new InitReport(choices, repository, plans);
        report.warnings().forEach(errors::println);
        if (!isDryRun) {
            new RepositoryWriter(repository.top())
                    .write(plans.stream()
                            .flatMap(plan -> plan.created().stream())
                            .toList());
        }
        plans.stream().filter(plan -> isDryRun || plan.created().isEmpty()).forEach(plan -> out.print(plan.patch()));
        report.files(isDryRun).forEach(errors::println);
        report.nextSteps().forEach(errors::println);
        out.flush();
        errors.flush();
        return 0;
    }
}
