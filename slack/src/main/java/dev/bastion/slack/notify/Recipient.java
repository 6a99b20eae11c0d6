package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;

/** The readers of a message that is sent once. */
sealed interface Recipient {
    /** Everybody in the service's channel. */
    record Channel() implements Recipient {}

    /** Everybody in the channel, below that message. */
    record ThreadOf(AnnouncementRef message) implements Recipient {}

    /** One person, in private. */
    record User(String id) implements Recipient {}
}
