package dev.bastion.app;

import dev.bastion.app.config.CommandLineWords;
import dev.bastion.app.policy.PolicyCommand;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "bastion",
        mixinStandardHelpOptions = true,
        description = "Opens a door to a database by committing to git, and closes it by committing again.")
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
        CommandLineWords.teach(line);
        return line;
    }
}
