package dev.bastion.slack.notify;

import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import dev.bastion.slack.web.SlackMessage;
import dev.bastion.slack.web.SlackSettings;
import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the channel what concerns everybody and no grant in particular: alarms. Never blocks and never throws. */
public final class ChannelAlarms {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelAlarms.class);
    private static final int LONGEST = 2_500;
    private static final RetryPolicy<Object> PATIENCE = RetryPolicy.builder()
            .handle(SlackFailure.class)
            .withBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1))
            .withJitter(0.2)
            .withMaxAttempts(20)
            .build();

    private final SlackClient web;
    private final String channel;
    private final Executor executor;

    public ChannelAlarms(SlackSettings settings, SlackClient web, Executor executor) {
        this.web = web;
        this.channel = settings.channel();
        this.executor = executor;
    }

    /** Posts the text, which may be hostile, as plain text under a warning sign; again and again until Slack takes it. */
    public void alarm(String text) {
        SlackMessage card = SlackMessage.of(":warning: " + Mrkdwn.fitting(text, LONGEST));
        executor.execute(() -> {
            try {
                Failsafe.with(PATIENCE).run(() -> web.message(channel, card));
            } catch (SlackFailure e) {
                LOG.error("slack.alarm.untold text={}", text, e);
            }
        });
    }
}
