package dev.bastion.sandbox.demo;

import java.time.Duration;

/** Something that should have been seen was not, or something was seen that should not be. */
final class NotObserved extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotObserved(String what) {
        super(what);
    }

    static NotObserved within(Duration time, String what) {
        return new NotObserved(what + " was not seen within " + time.toSeconds() + " s");
    }
}
