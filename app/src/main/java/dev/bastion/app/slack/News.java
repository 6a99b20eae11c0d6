package dev.bastion.app.slack;

import dev.bastion.access.AnnouncementRef;
import dev.bastion.access.GrantStory;
import dev.bastion.access.LedgerChange;

/** Something to tell of one request. */
sealed interface News {
    record Story(GrantStory story) implements News {}

    /** What was shown there was never written down. */
    record Nothing(AnnouncementRef message, LedgerChange.Open change, String why) implements News {}
}
