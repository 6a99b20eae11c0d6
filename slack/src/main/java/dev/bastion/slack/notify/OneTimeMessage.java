package dev.bastion.slack.notify;

import dev.bastion.access.grant.RequestId;
import dev.bastion.slack.web.SlackMessage;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that is said once, to one person or in the channel.
 *
 * @param request what it is about
 * @param since it was not said before
 * @param to whom, in private; empty for the channel
 * @param key names it among what is said about that request to the same people
 */
record OneTimeMessage(RequestId request, Instant since, Optional<String> to, String key, SlackMessage card) {
    /** What tells it from every other. */
    String name() {
        return request + " " + key + " " + to.orElse("everybody");
    }
}
