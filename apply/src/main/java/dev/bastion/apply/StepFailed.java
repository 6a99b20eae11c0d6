package dev.bastion.apply;

/** A step could not be done. The message says what was attempted, what came of it, and what to do, for people. */
public final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    StepFailed(String message) {
        super(message);
    }

    StepFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
