package dev.bastion.ledger;

import dev.bastion.access.LedgerUnreachable;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waiting between attempts: anything up to a bound that doubles from 250 ms to 2 s, so that those who lost part ways. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final RandomGenerator random = RandomGenerator.getDefault();

    /** @param attempt the one that failed, from 1 */
    void waitAfter(int attempt) {
        long bound = Math.min(LONGEST.toMillis(), FIRST.toMillis() << (attempt - 1));
        try {
            Thread.sleep(random.nextLong(bound));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException cause = new InterruptedIOException("interrupted");
            cause.initCause(e);
            throw new LedgerUnreachable("waiting to try again", cause);
        }
    }
}
