package dev.bastion.access.fault;

import java.util.Optional;

/** A failed observation: the attempt and the answer. It says nothing about the observed thing. */
public final class ObservationFailed extends CallFailed {
    private static final long serialVersionUID = 1L;

    /** An observation that can be repeated. */
    public ObservationFailed(ExternalSystem system, String attempted, Throwable cause) {
        this(new Fault.Later(system, attempted, words(cause)), cause);
    }

    public ObservationFailed(Fault fault, Throwable cause) {
        super(fault, Optional.of(cause));
    }
}
