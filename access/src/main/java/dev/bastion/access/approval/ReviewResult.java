package dev.bastion.access.approval;

import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;

/** The result of an approver's click in Slack. */
public sealed interface ReviewResult {
    /** Nothing is decided yet. */
    record Asked(ApprovalQuestion question) implements ReviewResult {}

    record Approved(Proposal proposal) implements ReviewResult {}

    record Denied(Proposal proposal) implements ReviewResult {}

    record Refused(Refusal why) implements ReviewResult {}
}
