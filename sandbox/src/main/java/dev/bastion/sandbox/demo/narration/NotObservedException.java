package dev.bastion.sandbox.demo.narration;

import java.time.Duration;

/** The failure of the demo: it did not observe what it expected, or observed what must not be. */
public final class NotObservedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotObservedException(String what) {
        super(what);
    }

    public static NotObservedException within(Duration time, String what) {
        return new NotObservedException(what + " was not seen within " + time.toSeconds() + " s");
    }
}
