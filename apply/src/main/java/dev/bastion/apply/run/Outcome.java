package dev.bastion.apply.run;

/** A run's outcome and its exit code. */
public enum Outcome {
    PLANNED(0),
    APPLIED(0),
    /** The plan had no changes. */
    UNCHANGED(0),
    FAILED(1),
    /** The files or the command must be changed. */
    UNUSABLE(2),
    /** The guard refused the plan. */
    REFUSED(3);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
