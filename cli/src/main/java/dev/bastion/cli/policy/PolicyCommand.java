package dev.bastion.cli.policy;

import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bastion policy}: checks and tests policy files before they are in force. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Checks and tests the access policy before it is in force.")
public final class PolicyCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private PolicyCommand() {
        this.spec = CommandSpec.create();
    }

    /** The command with its subcommands. */
    public static CommandLine commandLine(InstantSource clock) {
        return new CommandLine(new PolicyCommand())
                .addSubcommand(new PolicyCheckCommand())
                .addSubcommand(new PolicyTestCommand(clock));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "missing subcommand: use policy check or policy test");
    }
}
