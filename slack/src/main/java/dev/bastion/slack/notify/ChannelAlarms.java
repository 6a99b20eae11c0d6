package dev.bastion.slack.notify;

import dev.bastion.access.grant.RequestId;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The alarms in the channel that concern no grant in particular. Raising one never blocks and never throws. */
public final class ChannelAlarms {
    private static final int LONGEST = 2_500;
    /** How far Slack's clock may be behind ours. */
    private static final Duration SKEW = Duration.ofMinutes(10);

    private final Outbox outbox;
    private final InstantSource clock;

    public ChannelAlarms(Outbox outbox, InstantSource clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Posts the text, which may be hostile, as plain text under a warning sign. */
    public void alarm(String text) {
        Instant now = clock.instant();
        RequestId id = RequestId.derivedFrom("alarm " + now + " " + text);
        SlackMessage message = SlackMessage.of(":warning: " + Mrkdwn.fitting(text, LONGEST));
        outbox.offer(new OutgoingMessage.OneTime(id, now.minus(SKEW), new Recipient.Channel(), "alarm", message));
    }
}
