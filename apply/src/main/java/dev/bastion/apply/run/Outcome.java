package dev.bastion.apply.run;

/** How a run came out, with the exit code that says so. */
public enum Outcome {
    PLANNED(0),
    APPLIED(0),
    /** There was nothing to do. */
    UNCHANGED(0),
    FAILED(1),
    /** The files or the command have to be written differently. */
    UNUSABLE(2),
    /** The guard would not have this plan applied. */
    REFUSED(3);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
