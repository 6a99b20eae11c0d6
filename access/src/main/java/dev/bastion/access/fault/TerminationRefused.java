package dev.bastion.access.fault;

/** A termination that the platform refuses until a person changes something. */
public final class TerminationRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String why;
    private final String remedy;

    /**
     * @param why the platform's own words
     * @param remedy what a person must do, as a sentence
     */
    public TerminationRefused(String instance, String why, String remedy, Throwable cause) {
        super("terminating " + instance + " is refused: " + why, cause);
        this.why = why;
        this.remedy = remedy;
    }

    public String why() {
        return why;
    }

    public String remedy() {
        return remedy;
    }
}
