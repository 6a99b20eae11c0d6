package dev.bastion.access;

/** What a use case answers the person who asked. */
public sealed interface Outcome {
    /** Done, and in the ledger: the grant as it now stands, and the commit that says so. */
    record Done(Grant grant, CommitId commit) implements Outcome {}

    record Refused(Refusal refusal) implements Outcome {}
}
