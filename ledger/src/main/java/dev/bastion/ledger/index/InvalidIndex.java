package dev.bastion.ledger.index;

/** Content of an index that is not what this version writes. The history is read from git instead. */
public final class InvalidIndex extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidIndex(String message) {
        super(message);
    }

    InvalidIndex(String message, Throwable cause) {
        super(message, cause);
    }
}
