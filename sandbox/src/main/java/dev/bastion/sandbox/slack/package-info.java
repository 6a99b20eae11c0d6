/**
 * A Slack over real sockets: Web API, Socket Mode and response URLs with Slack's own error codes, limits, escaping,
 * acknowledgement deadline and redelivery; people to act as, and faults to inject. Knows JSON as Slack documents it
 * (<a href="https://docs.slack.dev">docs.slack.dev</a>) and must not know Slack's SDK or any class of a client, so that it
 * can disagree with them. Start at {@link dev.bastion.sandbox.slack.SlackServer}.
 */
@NullMarked
package dev.bastion.sandbox.slack;

import org.jspecify.annotations.NullMarked;
