package dev.bastion.access;

import java.util.Optional;

/**
 * Tells people. One announcement lives with each grant and is edited in place; the holder is also told in private when it
 * is ready, near its end and over. Telling is never a condition of ending: no method throws, and what could not be told
 * is retried behind the scenes.
 */
public interface Announcer {
    /** Shows a request that is about to be written down; empty when nobody could be told, which stops nothing. */
    Optional<AnnouncementRef> requested(LedgerChange.Open change);

    /** The request that was shown came to nothing after all. */
    void cameToNothing(AnnouncementRef announcement, LedgerChange.Open change, String why);

    /** Shows how far the grant has come. Showing the same twice is the same as once. */
    void show(GrantStory story);

    /** Whether the last thing people were shown of this grant is that it is gone; asks, if this process does not know. */
    boolean hasShownGone(PastGrant past);
}
