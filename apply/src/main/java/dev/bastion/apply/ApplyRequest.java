package dev.bastion.apply;

import dev.bastion.apply.stack.DriverChoice;
import dev.bastion.layout.CanonicalShape;
import dev.bastion.layout.EnvironmentPaths;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The request to plan or apply one environment.
 *
 * @param directory the environment's directory in a clone, like {@code environments/dev/bastion}; it need not exist
 * @param lockTimeout how long to wait while another run holds the state's lock
 * @param revision the commit of the environment's own files; empty for the checked-out one. {@code root.hcl} and modules
 * are always the checked-out commit's
 */
public record ApplyRequest(
        Path directory, DriverChoice driver, Duration lockTimeout, Optional<String> revision, Layout layout) {
    public static final Duration LOCK_TIMEOUT = Duration.ofMinutes(5);

    public ApplyRequest(Path directory, DriverChoice driver, Duration lockTimeout) {
        this(directory, driver, lockTimeout, Optional.empty(), Layout.DEFAULT);
    }

    /**
     * Where environments are, and which modules they may use.
     *
     * @param modules what {@code terraform { source }} may be
     */
    public record Layout(EnvironmentPaths paths, List<String> modules) {
        public static final Layout DEFAULT =
                new Layout(new EnvironmentPaths("environments"), CanonicalShape.DEFAULT_MODULES);

        public Layout {
            modules = List.copyOf(modules);
        }
    }
}
