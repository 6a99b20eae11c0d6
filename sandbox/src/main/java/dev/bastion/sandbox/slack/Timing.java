package dev.bastion.sandbox.slack;

import java.time.Duration;
import java.util.List;

/**
 * How long Slack waits for things.
 *
 * @param acknowledgement an envelope not acknowledged within this has failed
 * @param redeliveries an event that failed is delivered again after each of these, counted from the failure
 * @param trigger a trigger id opens a modal for this long
 * @param responseUrl a response URL answers for this long
 * @see <a href="https://docs.slack.dev/apis/events-api/#retries">Events API, retries</a>
 */
public record Timing(Duration acknowledgement, List<Duration> redeliveries, Duration trigger, Duration responseUrl) {
    public Timing {
        redeliveries = List.copyOf(redeliveries);
    }

    /** Slack's: 3 s; at once, after 1 minute, after 5 minutes; 3 s; 30 minutes. */
    public static Timing real() {
        return new Timing(
                Duration.ofSeconds(3),
                List.of(Duration.ZERO, Duration.ofMinutes(1), Duration.ofMinutes(5)),
                Duration.ofSeconds(3),
                Duration.ofMinutes(30));
    }

    /** The same with each wait but a trigger's life {@code times} shorter, for tests that let things fail. */
    public Timing faster(int times) {
        return new Timing(
                acknowledgement.dividedBy(times),
                redeliveries.stream().map(wait -> wait.dividedBy(times)).toList(),
                trigger,
                responseUrl.dividedBy(times));
    }
}
