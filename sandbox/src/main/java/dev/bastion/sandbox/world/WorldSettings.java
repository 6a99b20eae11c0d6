package dev.bastion.sandbox.world;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of a sandbox.
 *
 * @param folder the folder for all its files
 * @param port of the page and every protocol but AWS's; 0 for any free one
 * @param service whether to start the service
 * @param guestTimer whether instances shut themselves down at their end
 * @param schedules whether the emulator fires schedules
 * @param grace how long an instance may exist without a grant until the service terminates it
 */
public record WorldSettings(
        Path folder, int port, boolean service, boolean guestTimer, boolean schedules, Duration grace) {
    /** The grace of a sandbox that people watch. */
    public static final Duration DEFAULT_GRACE = Duration.ofMinutes(5);
}
