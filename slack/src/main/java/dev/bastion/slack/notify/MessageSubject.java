package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Proposal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a message in the channel is about: a grant, or a proposal that may become one. Both have the request's id, so that
 * one message lives with both.
 *
 * @param person whom it concerns, and who is told in private
 * @param shownIn the message, by the ledger or the forge; empty when neither knows
 * @param since nothing was said of it before
 */
record MessageSubject(
        RequestId request,
        EnvironmentName environment,
        Person person,
        Optional<AnnouncementRef> shownIn,
        Instant since) {
    /** A message may be older than what it is about by as long as it took to write that down. */
    private static final Duration WRITING = Duration.ofHours(1);
    /** And older still by as long as others took to approve: longer windows are rare, and cost a second message. */
    private static final Duration APPROVING = Duration.ofDays(1);

    static MessageSubject of(Grant grant) {
        boolean waited = grant.approvalBasis() instanceof ApprovalBasis.Approved;
        return new MessageSubject(
                grant.request(),
                grant.environment(),
                grant.holder(),
                grant.shownIn(),
                grant.createdAt().minus(waited ? APPROVING : WRITING));
    }

    static MessageSubject of(Proposal proposal) {
        return new MessageSubject(
                proposal.id(),
                proposal.environment(),
                proposal.requester(),
                proposal.shownIn(),
                proposal.change().proposedAt().minus(WRITING));
    }
}
