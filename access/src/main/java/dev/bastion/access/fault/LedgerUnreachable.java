package dev.bastion.access.fault;

/** A temporary failure to read or write the ledger: the attempt and the answer. */
public final class LedgerUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerUnreachable(String attempted, Throwable cause) {
        super(attempted + " failed: " + cause.getMessage() + "; it is tried again", cause);
    }
}
