package dev.bastion.slack.notify;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.rules.EnvironmentChannels;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The channel of each message: that of its environment in the ledger's configuration, else the service's own.
 *
 * @param own the channel of the service's settings
 * @param channels as the ledger's configuration has them now
 */
record ChannelRoutes(String own, Supplier<EnvironmentChannels> channels) {
    /** @param environment empty for what is about none */
    String of(Optional<EnvironmentName> environment) {
        EnvironmentChannels now = channels.get();
        return environment.map(now::of).orElseGet(now::others).orElse(own);
    }

    /** Every channel that a message may be in: the configuration may have been another one when it was posted. */
    List<String> all() {
        return Stream.concat(Stream.of(own), channels.get().all().stream())
                .distinct()
                .toList();
    }
}
