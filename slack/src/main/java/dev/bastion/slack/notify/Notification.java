package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.slack.web.SlackMessage;

/** Something to tell of one request. */
sealed interface Notification {
    /** How far its grant is. */
    record Story(GrantStatus story) implements Notification {}

    /** How far it is on its way to being one. */
    record Asked(ProposalStatus story) implements Notification {}

    /** What was shown there was never written down. */
    record Nothing(AnnouncementRef message, RequestId request, EnvironmentName environment, SlackMessage card)
            implements Notification {}

    /** Whether this is old beside the other: once there is a grant, nobody needs to hear how it was asked for. */
    default boolean yieldsTo(Notification other) {
        return this instanceof Asked && other instanceof Story;
    }
}
