package dev.bastion.cli.request;

import dev.bastion.access.grant.GrantDuration;

/** Durations as the API takes them: whole minutes, or seconds. */
final class ApiDuration {
    private ApiDuration() {}

    static String of(GrantDuration duration) {
        long seconds = duration.length().toSeconds();
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
