package dev.bastion.access.fault;

import dev.bastion.access.grant.InvalidValue;

/** The kind of an exception, which decides how it is handled. */
public enum FaultKind {
    /** An invalid input: show the person what to write instead. */
    YOURS,
    /** The ledger moved: decide again. */
    CONFLICT,
    /** An outside system is down or refuses: retry with back-off, then report. */
    EXTERNAL,
    /** A defect of the service: apologise with an id, log everything. */
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
