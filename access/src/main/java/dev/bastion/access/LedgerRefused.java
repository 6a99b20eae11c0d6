package dev.bastion.access;

/** The ledger's remote will not have it (credentials, a ruleset, a protected branch): somebody must change a setting. */
public final class LedgerRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerRefused(String attempted, String answered, String remedy) {
        super(attempted + " was refused: " + answered + "; " + remedy);
    }
}
