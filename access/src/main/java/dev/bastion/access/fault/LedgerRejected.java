package dev.bastion.access.fault;

/** A rejection by the ledger's remote (credentials, a ruleset, a protected branch); an administrator must change a setting. */
public final class LedgerRejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String answer;
    private final String remedy;

    public LedgerRejected(String attempted, String answer, String remedy) {
        super(attempted + " was refused: " + answer + "; " + remedy);
        this.answer = answer;
        this.remedy = remedy;
    }

    /** The remote's own words. */
    public String answer() {
        return answer;
    }

    /** The setting to change. */
    public String remedy() {
        return remedy;
    }
}
