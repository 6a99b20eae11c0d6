package dev.bastion.cli.audit;

import dev.bastion.cli.audit.verify.AuditVerifyCommand;
import java.time.InstantSource;
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
        return new CommandLine(new AuditCommand())
                .addSubcommand(new WhoCommand(clock))
                .addSubcommand(new GrantsCommand(clock))
                .addSubcommand(new RequestsCommand(clock))
                .addSubcommand(new UnapprovedCommand(clock))
                .addSubcommand(new BreakGlassCommand(clock))
                .addSubcommand(new LateCommand(clock))
                .addSubcommand(new ApproversCommand(clock))
                .addSubcommand(new PersonCommand(clock))
                .addSubcommand(new PolicyCommand(clock))
                .addSubcommand(new CostCommand(clock))
                .addSubcommand(new AuditVerifyCommand(clock, environment));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "missing subcommand: use audit with "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }
}
