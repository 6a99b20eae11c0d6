package dev.bastion.ledger.git.remote;

/** The outcome of a push that neither was rejected nor failed. */
public enum PushOutcome {
    /** The remote's branch is what was pushed. */
    ACCEPTED,
    /** The remote's branch has the changes, in commits with other ids. */
    REWRITTEN,
    /** The branch moved, or another push holds its lock: decide again on the new head. */
    LOST_RACE
}
