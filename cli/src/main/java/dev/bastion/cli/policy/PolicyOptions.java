package dev.bastion.cli.policy;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select the policy files. */
final class PolicyOptions {
    @Option(
            names = "--environments",
            paramLabel = "DIR",
            description = "The directory of all environments (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of("environments");

    @Option(
            names = "--commit",
            paramLabel = "REVISION",
            description = "Read the files of this commit, like HEAD~3 or main. Default: the working tree.")
    private @Nullable String commit;

    PolicySource source() {
        return commit == null ? new WorkingTree(directory) : CommittedTree.resolve(directory, commit);
    }
}
