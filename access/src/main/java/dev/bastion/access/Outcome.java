package dev.bastion.access;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;

/** What a use case answers the person who asked. */
public sealed interface Outcome {
    /** Done, and in the ledger: the grant as it now stands, and the commit that says so. */
    record Done(Grant grant, CommitId commit) implements Outcome {}

    /** It was put before others. */
    record Proposed(Proposal proposal) implements Outcome {}

    /** A proposal was taken back. */
    record Withdrawn(Proposal proposal) implements Outcome {}

    record Refused(Refusal refusal) implements Outcome {}
}
