package dev.bastion.slack.waiting;

import dev.bastion.access.fault.CallFailed;
import dev.bastion.slack.web.SlackClient;
import dev.bastion.slack.web.SlackFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The search for waits in the app's private conversations: at the start, and every hour, since another process may have begun
 * some before it stopped. A few conversations at a time: Slack allows fifty reads a minute.
 */
public final class WaitingScan {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingScan.class);
    private static final Duration EVERY = Duration.ofHours(1);
    /** The second scan finds what a process began that this one has replaced. */
    private static final Duration SECOND_AFTER = Duration.ofMinutes(5);

    private static final int MOST_AT_ONCE = 3;

    private final SlackClient web;
    private final WaitingList list;
    private final WaitingConversation conversation;
    private final InstantSource clock;
    private final Deque<String> left = new ArrayDeque<>();
    private Instant next = Instant.MIN;
    private Duration pause = SECOND_AFTER;

    public WaitingScan(SlackClient web, WaitingList list, InstantSource clock) {
        this.web = web;
        this.list = list;
        this.conversation = new WaitingConversation(web, list);
        this.clock = clock;
    }

    /** Begins again with the next step. */
    public void begin() {
        left.clear();
        next = Instant.MIN;
    }

    /** Reads a few conversations more; to be called every few seconds by one thread. Never throws. */
    public void step() {
        Instant now = clock.instant();
        try {
            if (left.isEmpty() && !now.isBefore(next)) {
                left.addAll(web.directChannels());
                next = now.plus(pause);
                pause = EVERY;
            }
            for (int read = 0; read < MOST_AT_ONCE && !left.isEmpty(); read++) {
                conversation.read(left.element(), now.minus(Waiting.LONGEST)).forEach(list::found);
                left.remove();
            }
        } catch (SlackFailure e) {
            failed(e, now);
        } catch (CallFailed e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("slack.waiting.unread");
        } catch (RuntimeException e) {
            left.poll();
            LOG.atError().setCause(e).log("slack.waiting.unread");
        }
    }

    /** A conversation that Slack refuses is left out; without the scope that lists them, nothing is found. */
    private void failed(SlackFailure failure, Instant now) {
        LOG.atWarn().addKeyValue("reason", failure.getMessage()).log("slack.waiting.unread");
        if (!failure.canBeRetried()) {
            boolean isList = left.isEmpty();
            left.poll();
            next = isList ? now.plus(EVERY) : next;
        }
    }
}
