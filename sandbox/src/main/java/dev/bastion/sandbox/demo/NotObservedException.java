package dev.bastion.sandbox.demo;

import java.time.Duration;

/** The failure of the demo: it did not observe what it expected, or observed what must not be. */
final class NotObservedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotObservedException(String what) {
        super(what);
    }

    static NotObservedException within(Duration time, String what) {
        return new NotObservedException(what + " was not seen within " + time.toSeconds() + " s");
    }
}
