package dev.bastion.ledger.git;

/** The fault that a directory has no clone with the whole history of a branch. The message says what to do. */
public final class NoCompleteClone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NoCompleteClone(String message) {
        super(message);
    }
}
