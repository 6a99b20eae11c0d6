package dev.bastion.access;

/** Whose fault an exception is, and so what becomes of it. */
public enum Fault {
    /** The person's: tell them what to write instead. */
    YOURS,
    /** The ledger moved: decide again. */
    CONFLICT,
    /** Something outside is down or refuses: retry with back-off, then tell. */
    EXTERNAL,
    /** Ours: apologise with an id, log everything. */
    BUG;

    public static Fault of(Throwable thrown) {
        return switch (thrown) {
            case InvalidValue _ -> YOURS;
            case LedgerUnreachable _ -> EXTERNAL;
            case LedgerRefused _ -> EXTERNAL;
            case ObservationFailed _ -> EXTERNAL;
            default -> BUG;
        };
    }
}
