package dev.bastion.apply;

import dev.bastion.apply.stack.DriverChoice;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What to run on.
 *
 * @param directory the directory of one {@code terragrunt.hcl}, like {@code environments/dev/bastion}
 * @param lockTimeout how long to wait for somebody else's lock on the state
 */
public record ApplyRequest(Path directory, DriverChoice driver, Duration lockTimeout) {
    public static final Duration LOCK_TIMEOUT = Duration.ofMinutes(5);
}
