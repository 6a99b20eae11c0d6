package dev.bastion.simulation;

import java.time.InstantSource;
import picocli.CommandLine;

/** The command line of the simulation. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // JGit's threads end with the faults that the simulation causes
        Thread.setDefaultUncaughtExceptionHandler((_, _) -> {});
        int code = new CommandLine(new SimulateCommand(System.out, InstantSource.system())).execute(arguments);
        // servers and clients leave threads behind
        System.exit(code);
    }
}
