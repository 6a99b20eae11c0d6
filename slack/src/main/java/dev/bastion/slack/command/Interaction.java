package dev.bastion.slack.command;

import dev.bastion.access.grant.RequestId;
import java.util.Optional;

/**
 * Somebody who typed or pressed something, and how to answer them alone.
 *
 * @param user their id; who they are is found out from it
 * @param channel where it was; empty when it was nowhere, as in a modal
 * @param responseUrl where Slack takes answers to it, if it does
 * @param request names what they did; the same when Slack delivers it again
 * @param trigger what lets a modal open, for three seconds
 */
record Interaction(
        String user, Optional<String> channel, Optional<String> responseUrl, RequestId request, String trigger) {}
