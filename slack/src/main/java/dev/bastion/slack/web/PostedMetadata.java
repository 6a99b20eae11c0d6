package dev.bastion.slack.web;

import com.slack.api.model.Message;

/** The metadata of a message of ours, by which a new process knows what it is. */
@FunctionalInterface
public interface PostedMetadata {
    Message.Metadata toSlack();
}
