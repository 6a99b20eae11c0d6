package dev.bastion.access.fault;

import java.util.Optional;

/** A refused change (credentials, a ruleset, a protected branch, a permission); an administrator must change a setting. */
public final class LedgerRejected extends CallFailed {
    private static final long serialVersionUID = 1L;

    private final transient Fault.Refused refused;

    public LedgerRejected(String attempted, String answered, String remedy) {
        this(new Fault.Refused(ExternalSystem.GIT, attempted, answered, remedy));
    }

    public LedgerRejected(Fault.Refused refused) {
        super(refused, Optional.empty());
        this.refused = refused;
    }

    /** The refusal. */
    public Fault.Refused refused() {
        return refused;
    }
}
