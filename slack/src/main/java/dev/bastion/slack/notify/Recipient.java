package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.EnvironmentName;
import java.util.Optional;

/** The readers of a message that is sent once. */
sealed interface Recipient {
    /**
     * All members of the channel.
     *
     * @param environment whose channel; empty for what is about none
     */
    record Channel(Optional<EnvironmentName> environment) implements Recipient {
        Channel() {
            this(Optional.empty());
        }

        Channel(EnvironmentName environment) {
            this(Optional.of(environment));
        }
    }

    /** All members of the channel, in that message's thread. */
    record ThreadOf(AnnouncementRef message) implements Recipient {}

    /** One person, in private. */
    record User(String id) implements Recipient {}

    /** The lane of the messages to it, which are sent in order. */
    default String lane() {
        return switch (this) {
            case Channel _, ThreadOf _ -> "channel";
            case User(String id) -> id;
        };
    }
}
