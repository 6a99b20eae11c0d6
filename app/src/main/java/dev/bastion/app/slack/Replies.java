package dev.bastion.app.slack;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers to one person alone: where they asked if Slack lets us, else in private. What cannot be said is logged. */
final class Replies {
    private static final Logger LOG = LoggerFactory.getLogger(Replies.class);

    private final SlackWeb web;

    Replies(SlackWeb web) {
        this.web = web;
    }

    void send(Asker to, Card card) {
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

    private static boolean worked(Asker to, Runnable way) {
        try {
            way.run();
            return true;
        } catch (SlackFailure e) {
            LOG.warn("slack.reply.failed request={} user={} reason={}", to.request(), to.user(), e.getMessage());
            return false;
        }
    }
}
