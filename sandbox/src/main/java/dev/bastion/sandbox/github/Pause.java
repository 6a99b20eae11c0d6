package dev.bastion.sandbox.github;

import java.time.Duration;

/** Takes time on purpose. */
final class Pause {
    private Pause() {}

    static void of(Duration time) {
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
