package dev.bastion.apply.run;

/** A step could not be done. The message says what was attempted, what came of it, and what to do, for people. */
public final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StepFailed(String message) {
        super(message);
    }

    public StepFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
