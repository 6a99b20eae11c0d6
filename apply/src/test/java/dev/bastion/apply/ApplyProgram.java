package dev.bastion.apply;

import dev.bastion.apply.run.Redaction;
import dev.bastion.apply.stack.DriverChoice;
import dev.bastion.apply.terraform.GracefulShutdown;
import dev.bastion.apply.terraform.Tools;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** A program that runs {@code bastion apply DIR} without the command line, for tests that stop or kill it. */
final class ApplyProgram {
    private ApplyProgram() {}

    public static void main(String[] arguments) {
        System.exit(apply(Path.of(arguments[0])).outcome().exitCode());
    }

    private static RunResult apply(Path directory) {
        try (GracefulShutdown stop = GracefulShutdown.install()) {
            return new ApplyEnvironment(
                            Tools.find(System.getenv()),
                            InstantSource.system(),
                            System.out::println,
                            OutcomeReporter.NONE,
                            stop.shutdown(),
                            Redaction.of(System.getenv()),
                            CredentialsSource.AMBIENT)
                    .apply(new ApplyRequest(directory, DriverChoice.AUTO, Duration.ofSeconds(2)));
        }
    }
}
