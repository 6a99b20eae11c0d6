package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;

/** The readers of a message that is sent once. */
sealed interface Recipient {
    /** All members of the service's channel. */
    record Channel() implements Recipient {}

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
