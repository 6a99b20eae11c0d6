package dev.bastion.apply;

import dev.bastion.apply.source.LayoutSource;
import dev.bastion.apply.stack.DriverChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The request to plan or apply one environment.
 *
 * @param directory the environment's directory in a clone, like {@code environments/dev/bastion}; it need not exist
 * @param lockTimeout how long to wait while another run holds the state's lock
 * @param head the commit that is applied; empty for the checked-out one
 * @param revision the commit of the environment's own files; empty for the one that is applied. {@code root.hcl} and modules
 *     are always of the one that is applied
 * @param branch the branch of {@code origin} that is applied, like {@code main}: a checked-out commit that is older than it
 *     is not applied where it differs. Empty for no such check
 * @param layout where environments are, and which modules they may use
 */
public record ApplyRequest(
        Path directory,
        DriverChoice driver,
        Duration lockTimeout,
        Optional<String> head,
        Optional<String> revision,
        Optional<String> branch,
        LayoutSource layout) {
    public static final Duration LOCK_TIMEOUT = Duration.ofMinutes(5);

    public ApplyRequest(Path directory, DriverChoice driver, Duration lockTimeout) {
        this(
                directory,
                driver,
                lockTimeout,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                LayoutSource.STANDARD);
    }
}
