package dev.bastion.cli;

import dev.bastion.app.DoctorCommand;
import dev.bastion.app.ServeCommand;
import dev.bastion.cli.audit.AuditCommand;
import dev.bastion.cli.connect.ConnectCommand;
import dev.bastion.cli.drift.DriftCommand;
import dev.bastion.cli.init.InitCommand;
import dev.bastion.cli.init.Prompt;
import dev.bastion.cli.option.Subcommands;
import dev.bastion.cli.option.UsageErrors;
import dev.bastion.cli.policy.PolicyCommand;
import dev.bastion.cli.request.EndCommand;
import dev.bastion.cli.request.ExtendCommand;
import dev.bastion.cli.request.HistoryCommand;
import dev.bastion.cli.request.RequestCommand;
import dev.bastion.cli.request.StatusCommand;
import dev.bastion.cli.table.Utf8Output;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
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
        PrintWriter out = new PrintWriter(new Utf8Output(new FileOutputStream(FileDescriptor.out)), true);
        System.exit(commandLine(clock, System.getenv(), List.of(arguments))
                .setOut(out)
                .execute(arguments));
    }

    static CommandLine commandLine(InstantSource clock, Map<String, String> environment) {
        return commandLine(clock, environment, List.of());
    }

    /** @param arguments where they name a subcommand, the others are left out: to make them all takes longer than a short one runs */
    static CommandLine commandLine(InstantSource clock, Map<String, String> environment, List<String> arguments) {
        CommandLine commandLine = new CommandLine(new Main());
        new Subcommands()
                .with("serve", () -> new ServeCommand(clock, environment))
                .with("doctor", () -> new DoctorCommand(clock, environment))
                .with("init", () -> new InitCommand(environment, Prompt::ofTerminal))
                .with("connect", () -> new ConnectCommand(clock, environment))
                .with("request", () -> new RequestCommand(clock, environment))
                .with("status", () -> new StatusCommand(environment))
                .with("extend", () -> new ExtendCommand(environment))
                .with("end", () -> new EndCommand(environment))
                .with("history", () -> new HistoryCommand(environment))
                .with("plan", () -> new PlanCommand(clock, environment))
                .with("apply", () -> new ApplyCommand(clock, environment))
                .with("changed", () -> new ChangedCommand(environment))
                .with("drift", () -> new DriftCommand(clock, environment))
                .with("policy", () -> PolicyCommand.commandLine(clock))
                .with("audit", () -> AuditCommand.commandLine(clock, environment, Subcommands.following(arguments)))
                .addTo(commandLine, arguments);
        PicocliConverters.register(commandLine);
        return commandLine.setParameterExceptionHandler(new UsageErrors());
    }
}
