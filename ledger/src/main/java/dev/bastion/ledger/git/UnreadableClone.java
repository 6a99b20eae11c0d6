package dev.bastion.ledger.git;

/** The fault that a directory is no clone that can be read, with the remedy. */
public final class UnreadableClone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableClone(String message) {
        super(message);
    }

    UnreadableClone(String message, Throwable cause) {
        super(message, cause);
    }
}
