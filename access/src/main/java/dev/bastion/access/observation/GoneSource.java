package dev.bastion.access.observation;

import java.net.URI;
import java.util.Optional;

/** What ended an instance, as far as the service can tell. */
public sealed interface GoneSource {
    /**
     * CI's run applied the reversion.
     *
     * @param run the run's page; one that fits on no line is left out
     */
    record Apply(Optional<URI> run) implements GoneSource {
        public Apply {
            run = ForeignValues.address(run);
        }
    }

    /** The service terminated it. */
    record Service() implements GoneSource {}

    /**
     * The instance says why it ended: its own timer, its schedule, or a person.
     *
     * @param reason EC2's state reason, like {@code Client.InstanceInitiatedShutdown}, as one bounded line
     */
    record Platform(String reason) implements GoneSource {
        public Platform {
            reason = ForeignValues.line(reason);
        }
    }

    record Unknown() implements GoneSource {}
}
