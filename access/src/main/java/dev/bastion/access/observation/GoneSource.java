package dev.bastion.access.observation;

import java.net.URI;
import java.util.Optional;

/** What ended an instance, as far as the service can tell. */
public sealed interface GoneSource {
    /** CI's run applied the reversion. */
    record Apply(Optional<URI> run) implements GoneSource {}

    /** The service terminated it. */
    record Service() implements GoneSource {}

    /**
     * The instance says why it ended: its own timer, its schedule, or a person.
     *
     * @param reason EC2's state reason, like {@code Client.InstanceInitiatedShutdown}
     */
    record Platform(String reason) implements GoneSource {}

    record Unknown() implements GoneSource {}
}
