package dev.bastion.access.fault;

import java.util.Optional;

/** A failure to read or write the ledger, or its pull requests, that passes by itself; it may have been written. */
public final class LedgerUnreachable extends CallFailed {
    private static final long serialVersionUID = 1L;

    /** A call to git of which it is not known whether it was done. */
    public LedgerUnreachable(String attempted, Throwable cause) {
        this(new Fault.Unknown(ExternalSystem.GIT, attempted, words(cause)), cause);
    }

    public LedgerUnreachable(Fault.Unknown unknown, Throwable cause) {
        super(unknown, Optional.of(cause));
    }

    public LedgerUnreachable(Fault.Later later, Throwable cause) {
        super(later, Optional.of(cause));
    }

    /** A call to git that changed nothing. */
    public static LedgerUnreachable later(String attempted, Throwable cause) {
        return new LedgerUnreachable(new Fault.Later(ExternalSystem.GIT, attempted, words(cause)), cause);
    }
}
