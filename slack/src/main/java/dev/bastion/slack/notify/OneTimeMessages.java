package dev.bastion.slack.notify;

import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what is to be said once, however often it is brought, by whichever process. Whoever brings it brings it again as
 * long as it holds, so what Slack does not take now is left until then. What was said is read from Slack; there is no other
 * memory.
 */
final class OneTimeMessages {
    private static final Logger LOG = LoggerFactory.getLogger(OneTimeMessages.class);
    private static final int MAX_ENTRIES = 20_000;

    private final SlackClient web;
    private final IdempotentPoster once;
    private final String channel;
    private final Executor executor;
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final Set<String> underway = ConcurrentHashMap.newKeySet();

    OneTimeMessages(SlackClient web, String channel, Executor executor) {
        this.web = web;
        this.once = new IdempotentPoster(web);
        this.channel = channel;
        this.executor = executor;
    }

    /** Returns at once. */
    void bring(List<OneTimeMessage> notices) {
        for (OneTimeMessage notice : notices) {
            if (!said.contains(notice.name()) && underway.add(notice.name())) {
                start(notice);
            }
        }
    }

    private void start(OneTimeMessage notice) {
        try {
            executor.execute(() -> {
                try {
                    say(notice);
                } catch (SlackFailure e) {
                    LOG.warn("slack.notice.delayed notice={} reason={}", notice.name(), e.getMessage());
                } finally {
                    underway.remove(notice.name());
                }
            });
        } catch (RejectedExecutionException e) {
            underway.remove(notice.name());
            LOG.warn("slack.notice.late notice={} reason={}", notice.name(), e.getMessage());
        }
    }

    /** Somebody who cannot be written to (they left, or are not in Slack) is not tried for ever. */
    private void say(OneTimeMessage notice) {
        try {
            String where = notice.to().map(web::directChannel).orElse(channel);
            MessageMetadata metadata = MessageMetadata.whispered(notice.request(), notice.key());
            if (once.say(where, notice.since(), notice.card(), metadata)) {
                LOG.info("slack.notice.said notice={}", notice.name());
            }
        } catch (SlackFailure e) {
            if (e.kind() != SlackFailure.Kind.REFUSED || notice.to().isEmpty()) {
                throw e;
            }
            LOG.warn("slack.notice.refused notice={} error={}", notice.name(), e.error());
        }
        remember(notice);
    }

    /** Forgetting costs a look into Slack, and nothing is said twice for it. */
    private void remember(OneTimeMessage notice) {
        if (said.size() > MAX_ENTRIES) {
            said.clear();
        }
        said.add(notice.name());
    }
}
