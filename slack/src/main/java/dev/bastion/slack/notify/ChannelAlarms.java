package dev.bastion.slack.notify;

import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.AlarmKind;
import dev.bastion.slack.notify.MessageEdit.Edited;
import dev.bastion.slack.notify.OutgoingMessage.OneTime;
import dev.bastion.slack.notify.OutgoingMessage.Resolved;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The alarms in the channel that concern no grant in particular. Each is told once while its cause stands, by all processes
 * together: one that starts finds the message in the channel, or posts it where an earlier process could not.
 */
public final class ChannelAlarms implements AlarmChannel {
    private static final String SIGN = ":warning: ";
    private static final int LONGEST = 2_500;
    /** How long an alarm is found again after a restart; then it is told again. */
    private static final Duration MEMORY = Duration.ofDays(7);

    private final Outbox outbox;
    private final InstantSource clock;
    /** The alarms of this process that stand, by their ids. */
    private final Map<RequestId, AlarmKind> standing = new ConcurrentHashMap<>();

    /** Each resolution is an edit of its own: an alarm can come back. */
    private final AtomicLong resolutions = new AtomicLong();

    public ChannelAlarms(Outbox outbox, InstantSource clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Posts it as plain text under a warning sign. */
    @Override
    public void raise(ChannelAlarm alarm) {
        RequestId id = idOf(alarm.kind(), alarm.cause());
        standing.put(id, alarm.kind());
        SlackMessage message = SlackMessage.of(SIGN + Mrkdwn.fitting(alarm.text(), LONGEST));
        outbox.offer(new OneTime(id, oldest(), new Recipient.Channel(), keyOf(alarm.kind()), message));
    }

    @Override
    public void tell(String text) {
        Instant now = clock.instant();
        RequestId id = RequestId.derivedFrom("news " + now + " " + text);
        SlackMessage message = SlackMessage.of("✅ " + Mrkdwn.fitting(text, LONGEST));
        outbox.offer(new OneTime(id, oldest(), new Recipient.Channel(), "news", message));
    }

    @Override
    public void resolveOthers(AlarmKind kind, Set<String> causes) {
        Set<RequestId> stand = causes.stream().map(cause -> idOf(kind, cause)).collect(Collectors.toSet());
        List<RequestId> over = standing.entrySet().stream()
                .filter(raised -> raised.getValue() == kind && !stand.contains(raised.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        for (RequestId own : over) {
            standing.remove(own);
            // in its own queue, behind the alarm if that has yet to be posted
            resolve(own, kind, own::equals);
            outbox.forget(own);
        }
        resolve(idOf(kind, "of earlier processes"), kind, other -> !stand.contains(other) && !over.contains(other));
    }

    private void resolve(RequestId queue, AlarmKind kind, Predicate<RequestId> which) {
        MessageEdit edit = (metadata, found) -> metadata.key().equals(Optional.of(keyOf(kind)))
                        && !metadata.hasRemark(OneTime.OVER)
                        && which.test(metadata.request())
                ? Optional.of(new Edited(metadata.withRemark(OneTime.OVER), over(found)))
                : Optional.empty();
        String what = "over, " + resolutions.incrementAndGet();
        outbox.offer(new Resolved(queue, oldest(), new Recipient.Channel(), what, edit));
    }

    private static SlackMessage over(SlackMessage alarm) {
        String text = alarm.text().startsWith(SIGN) ? alarm.text().substring(SIGN.length()) : alarm.text();
        return SlackMessage.of("✅ This is over: " + text);
    }

    private static String keyOf(AlarmKind kind) {
        return "alarm " + kind.tag();
    }

    private static RequestId idOf(AlarmKind kind, String cause) {
        return RequestId.derivedFrom("alarm " + kind.tag() + " " + cause);
    }

    private Instant oldest() {
        return clock.instant().minus(MEMORY);
    }
}
