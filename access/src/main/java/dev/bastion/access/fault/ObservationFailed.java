package dev.bastion.access.fault;

/** A failed observation: the attempt and the answer. It says nothing about the observed thing. */
public final class ObservationFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ObservationFailed(String attempted, Throwable cause) {
        super(attempted + " failed: " + cause.getMessage() + "; it is tried again", cause);
    }
}
