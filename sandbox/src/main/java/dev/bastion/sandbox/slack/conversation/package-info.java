/**
 * Channels, direct messages, the messages in them, and response URLs. Know nothing of how a message arrives.
 */
@NullMarked
package dev.bastion.sandbox.slack.conversation;

import org.jspecify.annotations.NullMarked;
