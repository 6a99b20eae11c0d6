package dev.bastion.access.policy;

import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;

/** What the policy decides of a request. */
public sealed interface Decision {
    /** It may be recorded at once. */
    record Proceed(LedgerChange change) implements Decision {}

    /** It needs this many approvals first. */
    record Propose(ProposedChange change, int approvals) implements Decision {}

    record Refuse(CheckName check, Refusal refusal) implements Decision {}
}
