package dev.bastion.app;

import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of the service's image, which has the commands {@code serve} and {@code doctor} only. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine(Clock.systemUTC(), System.getenv()).execute(withCommand(arguments)));
    }

    static CommandLine commandLine(InstantSource clock, Map<String, String> environment) {
        return new CommandLine(new Main.Commands())
                .addSubcommand(new ServeCommand(clock, environment))
                .addSubcommand(new DoctorCommand(clock, environment));
    }

    /** Without a command, {@code serve} is meant. */
    private static String[] withCommand(String[] arguments) {
        boolean isNamed = arguments.length > 0 && List.of("serve", "doctor").contains(arguments[0]);
        return isNamed
                ? arguments
                : Stream.concat(Stream.of("serve"), Stream.of(arguments)).toArray(String[]::new);
    }

    /** The parent of the commands. */
    @Command(name = "bastion")
    private static final class Commands {}
}
