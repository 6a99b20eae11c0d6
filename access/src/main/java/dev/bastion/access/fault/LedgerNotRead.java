package dev.bastion.access.fault;

/** A use of the ledger before this process has read it for the first time: nothing is known, and nothing was done. */
public final class LedgerNotRead extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerNotRead(RuntimeException cause) {
        super("the ledger has not been read yet: " + cause.getMessage(), cause);
    }
}
