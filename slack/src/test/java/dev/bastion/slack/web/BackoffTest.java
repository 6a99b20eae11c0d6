package dev.bastion.slack.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = Backoff.between(Duration.ofMillis(500), Duration.ofSeconds(30));

    @Test
    void itDoublesUpToItsLongest() {
        assertThat(backoff.after(1)).isBetween(Duration.ofMillis(400), Duration.ofMillis(600));
        assertThat(backoff.after(2)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1200));
        assertThat(backoff.after(3)).isBetween(Duration.ofMillis(1600), Duration.ofMillis(2400));
        assertThat(backoff.after(10)).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
        assertThat(backoff.after(Integer.MAX_VALUE)).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
    }
}
