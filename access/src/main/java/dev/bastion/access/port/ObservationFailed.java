package dev.bastion.access.port;

/** The platform could not be asked: what was attempted, and what it answered. Nothing follows from it about the bastion. */
public final class ObservationFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ObservationFailed(String attempted, Throwable cause) {
        super(attempted + " failed: " + cause.getMessage() + "; it is tried again", cause);
    }
}
