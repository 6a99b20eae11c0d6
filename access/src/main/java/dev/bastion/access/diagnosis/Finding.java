package dev.bastion.access.diagnosis;

/**
 * One result of a check.
 *
 * @param subject what was looked at, like {@code bot token}
 * @param meaning what is so, and what follows from it
 * @param remedy what a person does about it; empty where nothing is to be done
 */
public record Finding(Area area, String subject, Status status, String meaning, String remedy) {
    /** How good a result is. */
    public enum Status {
        OK,
        /** Worth a look: the service works. */
        WARNING,
        /** Part of the service does not work, or lets people do what they must not. */
        PROBLEM,
        /** The check could not look. */
        UNKNOWN
    }

    public static Finding ok(Area area, String subject, String meaning) {
        return new Finding(area, subject, Status.OK, meaning, "");
    }

    public static Finding warning(Area area, String subject, String meaning, String remedy) {
        return new Finding(area, subject, Status.WARNING, meaning, remedy);
    }

    public static Finding problem(Area area, String subject, String meaning, String remedy) {
        return new Finding(area, subject, Status.PROBLEM, meaning, remedy);
    }

    public static Finding unknown(Area area, String subject, String meaning, String remedy) {
        return new Finding(area, subject, Status.UNKNOWN, meaning, remedy);
    }

    public boolean is(Status other) {
        return status == other;
    }

    /** The place in a list that has the gravest first: problem, warning, unknown, OK. */
    public int gravity() {
        return switch (status) {
            case PROBLEM -> 0;
            case WARNING -> 1;
            case UNKNOWN -> 2;
            case OK -> 3;
        };
    }

    /** Whether a person has to do something. */
    public boolean needsAttention() {
        return status == Status.PROBLEM || status == Status.WARNING;
    }

    /** One line: what is so, and what to do. */
    public String line() {
        return subject + ": " + meaning + (remedy.isEmpty() ? "" : ". To fix it: " + remedy);
    }
}
