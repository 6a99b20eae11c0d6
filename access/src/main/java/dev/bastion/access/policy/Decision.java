package dev.bastion.access.policy;

import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;

/** What the policy says of a wish. */
public sealed interface Decision {
    /** Write it down. */
    record Proceed(LedgerChange change) implements Decision {}

    /** Ask {@code approvals} others first. */
    record Propose(ProposedChange change, int approvals) implements Decision {}

    record Refuse(Refusal refusal) implements Decision {}
}
