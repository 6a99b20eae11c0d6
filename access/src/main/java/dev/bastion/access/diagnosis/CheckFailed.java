package dev.bastion.access.diagnosis;

/** The fault that a check could not look: what was attempted, and the answer. */
public final class CheckFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CheckFailed(String attempted, Throwable cause) {
        super(attempted + " failed: " + (cause.getMessage() == null ? cause : cause.getMessage()), cause);
    }
}
