package dev.bastion.access.fault;

import java.util.Optional;

/** A failed call to another system, with its {@link Fault}. */
public abstract class CallFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    protected CallFailed(Fault fault, Optional<? extends Throwable> cause) {
        super(fault.line(), cause.orElse(null));
        this.fault = fault;
    }

    /** What the call came to. */
    public final Fault fault() {
        return fault;
    }

    /** How a call failed, in the words of the exception. */
    static String words(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
