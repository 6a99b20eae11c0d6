package dev.bastion.cli;

import dev.bastion.app.DoctorCommand;
import dev.bastion.app.ServeCommand;
import dev.bastion.cli.audit.AuditCommand;
import dev.bastion.cli.connect.ConnectCommand;
import dev.bastion.cli.drift.DriftCommand;
import dev.bastion.cli.init.InitCommand;
import dev.bastion.cli.init.Prompt;
import dev.bastion.cli.policy.PolicyCommand;
import dev.bastion.cli.request.EndCommand;
import dev.bastion.cli.request.ExtendCommand;
import dev.bastion.cli.request.HistoryCommand;
import dev.bastion.cli.request.RequestCommand;
import dev.bastion.cli.request.StatusCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line: {@code changed}, {@code plan}, {@code apply} and {@code drift} for CI, {@code connect} and {@code policy}
 * for people, {@code audit} for auditors, {@code request}, {@code status}, {@code extend}, {@code end} and {@code history}
 * for users of the API, {@code init} and {@code doctor} for installations, and {@code serve}, which starts the service.
 */
@Command(
        name = "bastion",
        mixinStandardHelpOptions = true,
        versionProvider = ReleaseVersion.class,
        description = "Grants temporary database access by committing to git, and ends it by committing again.")
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Clock clock = Clock.systemUTC();
        // files and people's names are UTF-8, whatever the terminal's locale is
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        System.exit(commandLine(clock, System.getenv()).setOut(out).execute(arguments));
    }

    static CommandLine commandLine(InstantSource clock, Map<String, String> environment) {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.addSubcommand(new ServeCommand(clock, environment));
        commandLine.addSubcommand(new DoctorCommand(clock, environment));
        commandLine.addSubcommand(new InitCommand(environment, Prompt::ofTerminal));
        commandLine.addSubcommand(new ConnectCommand(clock, environment));
        commandLine.addSubcommand(new RequestCommand(clock, environment));
        commandLine.addSubcommand(new StatusCommand(environment));
        commandLine.addSubcommand(new ExtendCommand(environment));
        commandLine.addSubcommand(new EndCommand(environment));
        commandLine.addSubcommand(new HistoryCommand(environment));
        commandLine.addSubcommand(new PlanCommand(clock, environment));
        commandLine.addSubcommand(new ApplyCommand(clock, environment));
        commandLine.addSubcommand(new ChangedCommand(environment));
        commandLine.addSubcommand(new DriftCommand(clock, environment));
        commandLine.addSubcommand(PolicyCommand.commandLine(clock));
        commandLine.addSubcommand(AuditCommand.commandLine(clock, environment));
        PicocliConverters.register(commandLine);
        return commandLine;
    }
}
