package dev.bastion.apply;

import dev.bastion.apply.stack.DriverChoice;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The request to plan or apply one environment.
 *
 * @param directory the directory of one {@code terragrunt.hcl}, like {@code environments/dev/bastion}
 * @param lockTimeout how long to wait while another run holds the state's lock
 */
public record ApplyRequest(Path directory, DriverChoice driver, Duration lockTimeout) {
    public static final Duration LOCK_TIMEOUT = Duration.ofMinutes(5);
}
