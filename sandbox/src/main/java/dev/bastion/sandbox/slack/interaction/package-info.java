/**
 * What people do in Slack (type, click, submit) as the payloads that the app receives, and what people see of its
 * acknowledgements. Knows nothing of the Web API's methods except the shape of a message.
 */
@NullMarked
package dev.bastion.sandbox.slack.interaction;

import org.jspecify.annotations.NullMarked;
