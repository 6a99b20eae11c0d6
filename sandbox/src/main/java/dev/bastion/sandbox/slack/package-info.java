/**
 * The simulated Slack: Web API, Socket Mode and response URLs over real sockets, with Slack's own error codes, limits, escaping,
 * acknowledgement deadline and redelivery; people to act as, and faults to inject. Knows JSON as Slack documents it
 * (<a href="https://docs.slack.dev">docs.slack.dev</a>). Must not know Slack's SDK, so that it can disagree with it, nor any class
 * of the product or another part of the sandbox. Start at {@link dev.bastion.sandbox.slack.SlackServer}.
 * <p>
 * Its packages are layers, each of which sees only those after it: interaction, api, workspace, socket, view, conversation, blocks,
 * call, fault, model.
 */
@NullMarked
package dev.bastion.sandbox.slack;

import org.jspecify.annotations.NullMarked;
