/**
 * The outbox: what the service sends to Slack by itself, posted once, edited in place, retried. Knows the messages and the
 * Slack client; must not know commands.
 */
@NullMarked
package dev.bastion.slack.notify;

import org.jspecify.annotations.NullMarked;
