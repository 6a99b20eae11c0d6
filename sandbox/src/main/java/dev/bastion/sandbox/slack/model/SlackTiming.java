package dev.bastion.sandbox.slack.model;

import java.time.Duration;
import java.util.List;

/**
 * Slack's timeouts.
 *
 * @param acknowledgement an envelope not acknowledged within this has failed
 * @param redeliveries an event that failed is delivered again after each of these, counted from the failure
 * @param trigger a trigger id opens a modal for this long
 * @param responseUrl a response URL answers for this long
 * @see <a href="https://docs.slack.dev/apis/events-api/#retries">Events API, retries</a>
 */
public record SlackTiming(
        Duration acknowledgement, List<Duration> redeliveries, Duration trigger, Duration responseUrl) {
    public SlackTiming {
        redeliveries = List.copyOf(redeliveries);
    }

    /** Slack's: 3 s; at once, after 1 minute, after 5 minutes; 3 s; 30 minutes. */
    public static SlackTiming real() {
        return new SlackTiming(
                Duration.ofSeconds(3),
                List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(5)),
                Duration.ofSeconds(3),
                Duration.ofMinutes(30));
    }

    /** The same with each wait but a trigger's life {@code times} shorter, for tests that let things fail. */
    public SlackTiming faster(int times) {
        return new SlackTiming(
                acknowledgement.dividedBy(times),
                redeliveries.stream().map(wait -> wait.dividedBy(times)).toList(),
                trigger,
                responseUrl.dividedBy(times));
    }
}
