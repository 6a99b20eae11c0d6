package dev.bastion.slack.notify;

import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackMessage;
import java.util.Optional;

/** A rule for which of our messages changes, and what it says then. */
@FunctionalInterface
interface MessageEdit {
    /** A message after its edit. */
    record Edited(MessageMetadata metadata, SlackMessage content) {}

    /** Empty for a message that stays as it is, one that was edited before included. */
    Optional<Edited> of(MessageMetadata metadata, SlackMessage found);
}
