package dev.bastion.cli.policy;

import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bastion policy check|test}: holds policy files to what they should be, before they are in force. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Asks the access policy before it is in force, and finds what is wrong with it.")
public final class PolicyCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    private PolicyCommand() {
        this.spec = CommandSpec.create();
    }

    /** The command with what it holds. */
    public static CommandLine line(InstantSource clock) {
        return new CommandLine(new PolicyCommand())
                .addSubcommand(new PolicyCheckCommand())
                .addSubcommand(new PolicyTestCommand(clock));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: policy check, or policy test");
    }
}
