package dev.bastion.access.fault;

import java.util.Optional;

/** A failure to write or read anchors; the ledger itself goes on without them. */
public final class AnchorFailed extends CallFailed {
    private static final long serialVersionUID = 1L;

    public AnchorFailed(Fault fault, Throwable cause) {
        super(fault, Optional.of(cause));
    }

    public AnchorFailed(Fault fault) {
        super(fault, Optional.empty());
    }
}
