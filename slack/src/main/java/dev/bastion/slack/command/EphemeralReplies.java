package dev.bastion.slack.command;

import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import dev.bastion.slack.web.SlackMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers to one person alone: where they asked if Slack lets us (in App Home as a modal), otherwise in private. An answer that Slack does not
 * take at all is logged.
 */
public final class EphemeralReplies {
    private static final Logger LOG = LoggerFactory.getLogger(EphemeralReplies.class);

    private final SlackClient web;

    public EphemeralReplies(SlackClient web) {
        this.web = web;
    }

    void send(Interaction to, SlackMessage message) {
        boolean sent = (to.isOnHome() && isSent(to, () -> web.openView(to.trigger(), AnswerModal.of(message))))
                || to.responseUrl()
                        .filter(url -> isSent(to, () -> web.respond(url, message)))
                        .isPresent()
                || to.channel()
                        .filter(channel -> isSent(to, () -> web.postEphemeral(channel, to.user(), message)))
                        .isPresent()
                || isSent(to, () -> web.postPrivately(to.user(), message));
        if (!sent) {
            LOG.atError()
                    .addKeyValue("request", to.request())
                    .addKeyValue("user", to.user())
                    .addKeyValue("text", message.text())
                    .log("slack.reply.lost");
        }
    }

    private static boolean isSent(Interaction to, Runnable attempt) {
        try {
            attempt.run();
            return true;
        } catch (SlackFailure e) {
            LOG.atWarn()
                    .addKeyValue("request", to.request())
                    .addKeyValue("user", to.user())
                    .addKeyValue("reason", e.getMessage())
                    .log("slack.reply.failed");
            return false;
        }
    }
}
