package dev.bastion.access.port;

/** The ledger's remote will not have it (credentials, a ruleset, a protected branch): somebody must change a setting. */
public final class LedgerRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerRejected(String attempted, String answered, String remedy) {
        super(attempted + " was refused: " + answered + "; " + remedy);
    }
}
