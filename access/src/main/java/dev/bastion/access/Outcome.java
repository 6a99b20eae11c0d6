package dev.bastion.access;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;

/** The answer of a use case to the person who asked. */
public sealed interface Outcome {
    /** Recorded: the grant as it now is, and the commit. */
    record Done(Grant grant, CommitId commit) implements Outcome {}

    /** Waiting. */
    record Proposed(Proposal proposal) implements Outcome {}

    record Withdrawn(Proposal proposal) implements Outcome {}

    record Refused(Refusal refusal) implements Outcome {}
}
