package dev.bastion.sandbox.github.status;

/** The state of a required check at a commit. */
public enum CheckState {
    MISSING,
    PENDING,
    FAILING,
    PASSED
}
