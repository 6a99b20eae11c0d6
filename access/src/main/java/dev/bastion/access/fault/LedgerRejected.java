package dev.bastion.access.fault;

/** A rejection by the ledger's remote (credentials, a ruleset, a protected branch); an administrator must change a setting. */
public final class LedgerRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerRejected(String attempted, String answered, String remedy) {
        super(attempted + " was refused: " + answered + "; " + remedy);
    }
}
