package dev.bastion.slack.command;

import dev.bastion.access.grant.RequestId;
import java.util.Optional;

/**
 * A command, a click or a submitted modal of one person, with the ways to answer them alone.
 *
 * @param user the person's Slack id
 * @param channel the channel it happened in; empty for a modal
 * @param responseUrl where Slack takes answers to it, if it does
 * @param request its id; the same when Slack delivers it again
 * @param trigger Slack's permission to open a modal, good for three seconds
 * @param isOnHome whether it happened in App Home, where no message can be seen
 */
record Interaction(
        String user,
        Optional<String> channel,
        Optional<String> responseUrl,
        RequestId request,
        String trigger,
        boolean isOnHome) {
    /** One that did not happen in App Home. */
    Interaction(
            String user, Optional<String> channel, Optional<String> responseUrl, RequestId request, String trigger) {
        this(user, channel, responseUrl, request, trigger, false);
    }
}
