package dev.bastion.app.slack;

import dev.bastion.access.AnnouncementRef;
import dev.bastion.access.EnvironmentName;
import dev.bastion.access.GrantStory;
import dev.bastion.access.ProposalStory;
import dev.bastion.access.RequestId;

/** Something to tell of one request. */
sealed interface News {
    /** How far its grant is. */
    record Story(GrantStory story) implements News {}

    /** How far it is on its way to being one. */
    record Asked(ProposalStory story) implements News {}

    /** What was shown there was never written down. */
    record Nothing(AnnouncementRef message, RequestId request, EnvironmentName environment, Card card)
            implements News {}

    /** Whether this is old beside the other: once there is a grant, nobody needs to hear how it was asked for. */
    default boolean yieldsTo(News other) {
        return this instanceof Asked && other instanceof Story;
    }
}
