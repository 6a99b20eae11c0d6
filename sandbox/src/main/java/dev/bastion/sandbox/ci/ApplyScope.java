package dev.bastion.sandbox.ci;

/** What one run of an apply is for. */
public enum ApplyScope {
    /** All that a push changed, with {@code apply --changed}; one run at a time, as the workflow {@code apply}. */
    PUSH,
    /** One environment, with {@code apply DIRECTORY}; one run at a time for each environment, as in CIs with a job for each. */
    ENVIRONMENT
}
