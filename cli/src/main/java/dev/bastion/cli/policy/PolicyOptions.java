package dev.bastion.cli.policy;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which policy files are meant. */
final class PolicyOptions {
    @Option(
            names = "--environments",
            paramLabel = "DIR",
            description = "The directory of all environments (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of("environments");

    @Option(
            names = "--commit",
            paramLabel = "REVISION",
            description = "As they were in a commit, like HEAD~3 or main. Without it the files as they are.")
    private @Nullable String commit;

    PolicySource source() {
        return commit == null ? new WorkingTree(directory) : CommittedTree.at(directory, commit);
    }
}
