package dev.bastion.sandbox.world;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of a sandbox.
 *
 * @param folder the folder for all its files
 * @param port of the page and every protocol but AWS's; 0 for any free one
 * @param service whether to start the service
 * @param replicas how many processes of it; several share a PostgreSQL
 * @param guestTimer whether instances shut themselves down at their end
 * @param schedules whether the emulator fires schedules
 * @param grace how long an instance may exist without a grant until the service terminates it
 */
public record WorldSettings(
        Path folder, int port, boolean service, int replicas, boolean guestTimer, boolean schedules, Duration grace) {
    /** How many replicas fit on the machine that a sandbox is for. */
    public static final int MOST_REPLICAS = 5;

    public WorldSettings {
        if (replicas < 1 || replicas > MOST_REPLICAS) {
            throw new IllegalArgumentException("--replicas is " + replicas + "; write 1 to " + MOST_REPLICAS);
        }
    }

    /** The grace of a sandbox that people watch. */
    public static final Duration DEFAULT_GRACE = Duration.ofMinutes(5);
}
