package dev.bastion.cli.audit;

import dev.bastion.cli.audit.verify.AuditVerifyCommand;
import dev.bastion.cli.option.Subcommands;
import dev.bastion.cli.option.UsageErrors;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bastion audit}: an auditor's questions, each a subcommand. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description =
                "Answers an auditor's questions from a clone of the ledger, offline. docs/audit.md explains each.")
public final class AuditCommand implements Runnable {
    /** The exit code of an answer that needs attention. */
    static final int FINDINGS = 1;

    /** The exit code when the history could not be read, or the answer could not be written. */
    static final int COULD_NOT_LOOK = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private AuditCommand() {}

    /**
     * The command with its subcommands.
     *
     * @param environment variables of the process
     */
    public static CommandLine commandLine(InstantSource clock, Map<String, String> environment) {
        return commandLine(clock, environment, List.of());
    }

    /** The command with the subcommand that the arguments after it name, and with all of them where they name none. */
    public static CommandLine commandLine(
            InstantSource clock, Map<String, String> environment, List<String> arguments) {
        CommandLine commandLine = new Subcommands()
                .with("who", () -> new WhoCommand(clock))
                .with("grants", () -> new GrantsCommand(clock))
                .with("requests", () -> new RequestsCommand(clock))
                .with("unapproved", () -> new UnapprovedCommand(clock))
                .with("break-glass", () -> new BreakGlassCommand(clock))
                .with("late", () -> new LateCommand(clock))
                .with("approvers", () -> new ApproversCommand(clock))
                .with("person", () -> new PersonCommand(clock))
                .with("policy", () -> new PolicyCommand(clock))
                .with("cost", () -> new CostCommand(clock))
                .with("verify", () -> new AuditVerifyCommand(clock, environment))
                .addTo(new CommandLine(new AuditCommand()), arguments);
        return commandLine.setParameterExceptionHandler(new UsageErrors());
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "missing subcommand: use audit with "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }
}
