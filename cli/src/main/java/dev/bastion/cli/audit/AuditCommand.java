package dev.bastion.cli.audit;

import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bastion audit}: answers an auditor's questions from a clone of the ledger. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Answers an auditor's questions from a clone of the ledger, offline.")
public final class AuditCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private AuditCommand() {
        this.spec = CommandSpec.create();
    }

    /**
     * The command with its subcommands.
     *
     * @param environment variables of the process
     */
    public static CommandLine commandLine(InstantSource clock, Map<String, String> environment) {
        return new CommandLine(new AuditCommand()).addSubcommand(new AuditVerifyCommand(clock, environment));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "missing subcommand: use audit verify");
    }
}
