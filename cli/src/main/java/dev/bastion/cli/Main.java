package dev.bastion.cli;

import dev.bastion.app.ServeCommand;
import dev.bastion.cli.policy.PolicyCommand;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: what CI runs, what people ask of the policy, and {@code serve}, which starts the service. */
@Command(
        name = "bastion",
        mixinStandardHelpOptions = true,
        description = "Grants temporary database access by committing to git, and ends it by committing again.")
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Clock clock = Clock.systemUTC();
        System.exit(line(clock, System.getenv()).execute(arguments));
    }

    static CommandLine line(InstantSource clock, Map<String, String> environment) {
        CommandLine line = new CommandLine(new Main());
        line.addSubcommand(new ServeCommand(clock, environment));
        line.addSubcommand(new PlanCommand(clock, environment));
        line.addSubcommand(new ApplyCommand(clock, environment));
        line.addSubcommand(PolicyCommand.line(clock));
        PicocliConverters.register(line);
        return line;
    }
}
