package dev.bastion.sandbox.emulator;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of the AWS emulator.
 *
 * @param python an executable that can import moto 5.2.1 with its server
 * @param folder where its program and log go
 * @param region what its clients use, like {@code eu-west-1}
 * @param agentDelay from an instance's start until its agent is online
 * @param guestTimer whether instances end themselves once their ExpiresAt tag passed
 * @param schedules whether schedules fire
 */
public record AwsEmulatorSettings(
        String python, Path folder, String region, Duration agentDelay, boolean guestTimer, boolean schedules) {}
