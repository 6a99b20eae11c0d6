package dev.bastion.sandbox.ci;

/** The scope of one run of an apply. */
public enum ApplyScope {
    /** All that a push changed, with {@code apply --changed}: one run at a time, as the workflow {@code apply}. */
    PUSH,
    /** One environment, with {@code apply DIRECTORY}: one run at a time for each, as in a CI with a job for each. */
    ENVIRONMENT
}
