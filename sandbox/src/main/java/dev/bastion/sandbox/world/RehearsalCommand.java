package dev.bastion.sandbox.world;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The command {@code rehearse}: the training run that {@code docker/link.sh} starts, from which the image's Java learns
 * to start fast.
 */
@Command(
        name = "rehearse",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Starts the service in a small sandbox, uses it as people do, and stops it.")
public final class RehearsalCommand implements Callable<Integer> {
    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            required = true,
            description = "Folder for the ledger, the service's clone and service.log.")
    private @Nullable Path scratch;

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            required = true,
            description = "Manifest of the Slack app: its scopes are those of the service's token.")
    private @Nullable Path manifest;

    @Parameters(paramLabel = "COMMAND", arity = "1..*", description = "The command that starts the service, after --.")
    private List<String> command = List.of();

    @Override
    public Integer call() {
        if (scratch == null || manifest == null) {
            throw new IllegalStateException("--scratch and --manifest are required");
        }
        try (RehearsalWorld world = RehearsalWorld.start(scratch, manifest)) {
            new Rehearsal(world).play(command);
            return 0;
        } catch (RuntimeException failure) {
            System.err.println("rehearse: " + failure.getMessage());
            return 1;
        }
    }
}
