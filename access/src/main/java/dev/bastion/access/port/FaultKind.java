package dev.bastion.access.port;

import dev.bastion.access.grant.InvalidValue;

/** Whose fault an exception is, and so what becomes of it. */
public enum FaultKind {
    /** The person's: tell them what to write instead. */
    YOURS,
    /** The ledger moved: decide again. */
    CONFLICT,
    /** Something outside is down or refuses: retry with back-off, then tell. */
    EXTERNAL,
    /** Ours: apologise with an id, log everything. */
    BUG;

    public static FaultKind of(Throwable thrown) {
        return switch (thrown) {
            case InvalidValue _ -> YOURS;
            case LedgerUnreachable _ -> EXTERNAL;
            case LedgerRejected _ -> EXTERNAL;
            case ObservationFailed _ -> EXTERNAL;
            default -> BUG;
        };
    }
}
