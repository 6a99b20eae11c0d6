package dev.bastion.app.aws;

/** A call with a person's own credentials that was not done. The message says why; the remedy is for the person. */
public final class PersonalAccessFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kept it from being done. */
    public enum Reason {
        /** Credentials or region are missing, expired or wrong on this machine. */
        CONFIGURATION,
        /** AWS does not allow the action to this person. */
        DENIED,
        /** The instance's agent is not connected to SSM. */
        NOT_CONNECTED,
        /** AWS did not answer, or asks to try again later. */
        UNREACHABLE,
        /** AWS refuses the call for another reason. */
        REFUSED
    }

    private final Reason reason;
    private final String remedy;

    PersonalAccessFailed(Reason reason, String message, String remedy, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.remedy = remedy;
    }

    public PersonalAccessFailed(Reason reason, String message, String remedy) {
        super(message);
        this.reason = reason;
        this.remedy = remedy;
    }

    public Reason reason() {
        return reason;
    }

    /** What the person does about it. */
    public String remedy() {
        return remedy;
    }
}
