package dev.bastion.ledger.git.remote;

/** What became of a push that was neither refused nor lost. */
public enum PushOutcome {
    /** The remote's branch is what was pushed. */
    ACCEPTED,
    /** What was pushed stands on the remote's branch, in commits of other names. */
    RENAMED,
    /** Somebody else moved the branch, or was about to: decide again on what it is now. */
    OUTRUN
}
