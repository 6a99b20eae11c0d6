package dev.bastion.access.port;

/** The ledger could not be read or written just now: what was attempted, and what was answered. Worth trying again. */
public final class LedgerUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerUnreachable(String attempted, Throwable cause) {
        super(attempted + " failed: " + cause.getMessage() + "; it is tried again", cause);
    }
}
