package dev.bastion.access.fault;

/** A use of the ledger before this process has read it for the first time: nothing is known, and nothing was done. */
public final class LedgerNotRead extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    public LedgerNotRead(CallFailed cause) {
        super("the ledger has not been read yet: " + cause.getMessage(), cause);
        this.fault = cause.fault();
    }

    /** Why it cannot be read. */
    public Fault fault() {
        return fault;
    }
}
