package dev.bastion.app;

import java.time.Clock;
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
        CommandLine line = new CommandLine(new Main());
        line.addSubcommand(new ServeCommand(clock, System.getenv()));
        line.addSubcommand(new PlanCommand(clock, System.getenv()));
        line.addSubcommand(new ApplyCommand(clock, System.getenv()));
        System.exit(line.execute(arguments));
    }
}
