package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.slack.message.HolderMessage;
import dev.bastion.slack.notify.OutgoingMessage.OneTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The grant or the proposal that a live message is about. Both have the request's id, so that one message serves both.
 *
 * @param person the holder or the requester, who gets the private messages
 * @param shownIn the live message that the ledger or the pull request has on record
 * @param since no message about it is older
 */
record MessageSubject(
        RequestId request,
        EnvironmentName environment,
        Person person,
        Optional<AnnouncementRef> shownIn,
        Instant since) {
    /** A message may be older than the grant or proposal by the time it took to record that. */
    private static final Duration RECORDING = Duration.ofHours(1);
    /** And older than an approved grant by the time approval took; longer windows are rare, and cost a second message. */
    private static final Duration APPROVING = Duration.ofDays(1);

    static MessageSubject of(Grant grant) {
        boolean waited = switch (grant.approvalBasis()) {
            case ApprovalBasis.Approved _, ApprovalBasis.Unconfirmed _ -> true;
            case ApprovalBasis.ByPolicy _, ApprovalBasis.BreakGlass _ -> false;
        };
        return new MessageSubject(
                grant.request(),
                grant.environment(),
                grant.holder(),
                grant.shownIn(),
                grant.createdAt().minus(waited ? APPROVING : RECORDING));
    }

    static MessageSubject of(Proposal proposal) {
        return new MessageSubject(
                proposal.id(),
                proposal.environment(),
                proposal.requester(),
                proposal.shownIn(),
                proposal.change().proposedAt().minus(RECORDING));
    }

    List<OneTime> privateMessages(GrantStatus status) {
        return privately(HolderMessage.dueIn(status));
    }

    List<OneTime> privateMessages(ProposalStatus status) {
        return privately(HolderMessage.dueIn(status));
    }

    /** None to a machine: it has no account in Slack, and reads the API. */
    private List<OneTime> privately(List<HolderMessage> messages) {
        return person.isMachine()
                ? List.of()
                : messages.stream().map(this::privately).toList();
    }

    private OneTime privately(HolderMessage message) {
        return new OneTime(request, since, new Recipient.User(person.id()), message.key(), message.message());
    }
}
