package dev.bastion.access.fault;

import java.util.Optional;

/** A termination that the platform refuses until a person changes something. */
public final class TerminationRefused extends CallFailed {
    private static final long serialVersionUID = 1L;

    private final transient Fault.Refused refused;

    /**
     * @param why the platform's own words
     * @param remedy what a person must do, as a sentence
     */
    public TerminationRefused(String instance, String why, String remedy, Throwable cause) {
        this(new Fault.Refused(ExternalSystem.AWS, "terminating " + instance, why, remedy), cause);
    }

    private TerminationRefused(Fault.Refused refused, Throwable cause) {
        super(refused, Optional.of(cause));
        this.refused = refused;
    }

    public String why() {
        return refused.answered();
    }

    public String remedy() {
        return refused.remedy();
    }
}
