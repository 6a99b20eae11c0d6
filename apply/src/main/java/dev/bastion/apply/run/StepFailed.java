package dev.bastion.apply.run;

/** The fault that a step of a run failed. The message says what was attempted, what happened, and what to do. */
public final class StepFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StepFailed(String message) {
        super(message);
    }

    public StepFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
