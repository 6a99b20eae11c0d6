package dev.bastion.slack.command;

import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import dev.bastion.slack.web.SlackMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers to one person alone: where they asked if Slack lets us, else in private. What cannot be said is logged. */
public final class EphemeralReplies {
    private static final Logger LOG = LoggerFactory.getLogger(EphemeralReplies.class);

    private final SlackClient web;

    public EphemeralReplies(SlackClient web) {
        this.web = web;
    }

    void send(Interaction to, SlackMessage card) {
        boolean sent = to.responseUrl()
                        .filter(url -> worked(to, () -> web.respond(url, card)))
                        .isPresent()
                || to.channel()
                        .filter(channel -> worked(to, () -> web.postEphemeral(channel, to.user(), card)))
                        .isPresent()
                || worked(to, () -> web.message(web.directChannel(to.user()), card));
        if (!sent) {
            LOG.error("slack.reply.lost request={} user={} text={}", to.request(), to.user(), card.text());
        }
    }

    private static boolean worked(Interaction to, Runnable way) {
        try {
            way.run();
            return true;
        } catch (SlackFailure e) {
            LOG.warn("slack.reply.failed request={} user={} reason={}", to.request(), to.user(), e.getMessage());
            return false;
        }
    }
}
