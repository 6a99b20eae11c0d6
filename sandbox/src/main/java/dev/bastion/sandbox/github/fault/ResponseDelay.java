package dev.bastion.sandbox.github.fault;

import java.time.Duration;

/** A deliberate delay before an answer. */
public final class ResponseDelay {
    private ResponseDelay() {}

    public static void of(Duration time) {
        if (time.isZero()) {
            return;
        }
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
