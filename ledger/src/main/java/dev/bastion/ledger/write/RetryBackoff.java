package dev.bastion.ledger.write;

import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import java.time.Duration;

/**
 * The back-off of everything that is tried again at once because another process was faster or a forge is catching up: pauses
 * of anything up to a bound that doubles from 250 ms to 2 s, so that those who lost part ways.
 */
public final class RetryBackoff {
    private RetryBackoff() {}

    /** A policy that says only how often and how fast; the caller adds what is tried again. */
    public static <T> RetryPolicyBuilder<T> attempts(int most, Pacing pacing) {
        RetryPolicyBuilder<T> attempts = RetryPolicy.<T>builder().withMaxAttempts(most);
        return switch (pacing) {
            case THREADS ->
                attempts.withBackoff(Duration.ofMillis(125), Duration.ofSeconds(1))
                        .withJitter(1.0);
            case STEPS -> attempts;
        };
    }
}
