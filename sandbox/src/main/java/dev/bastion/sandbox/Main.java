package dev.bastion.sandbox;

import dev.bastion.sandbox.demo.DemoCommand;
import dev.bastion.sandbox.world.RehearsalCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Entry point of {@code ./bastion sandbox} and {@code ./bastion demo}, and of the rehearsal from which the image's Java
 * learns to start fast.
 */
@Command(
        name = "bastion",
        description = "A sandbox to try the service in, without any account.",
        mixinStandardHelpOptions = true,
        subcommands = {SandboxCommand.class, DemoCommand.class, RehearsalCommand.class})
public final class Main {
    private Main() {}

    /** Ends the process: 0 done, 1 failed, 2 used wrongly or tools missing. */
    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "sandbox-logback.xml");
        System.exit(new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }
}
