package dev.bastion.app;

import java.time.Clock;
import java.util.Arrays;
import picocli.CommandLine;

/** The entry point of the service's image, which has the command {@code serve} only; the command line has it too. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new ServeCommand(Clock.systemUTC(), System.getenv()));
        line.setCommandName("bastion serve");
        System.exit(line.execute(withoutName(arguments)));
    }

    /** Accepts {@code serve --config FILE}, as on the command line. */
    private static String[] withoutName(String[] arguments) {
        boolean isNamed = arguments.length > 0 && arguments[0].equals("serve");
        return isNamed ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
    }
}
