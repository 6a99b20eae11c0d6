package dev.bastion.access.policy;

import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.proposal.Refusal;

/** The policy's decision on a command. */
public sealed interface Decision {
    record Proceed(LedgerChange change) implements Decision {}

    record Propose(ProposedChange change, int approvals) implements Decision {}

    record Refuse(CheckName check, Refusal refusal) implements Decision {}
}
