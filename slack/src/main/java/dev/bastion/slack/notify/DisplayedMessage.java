package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.slack.web.DisplayedStage;
import dev.bastion.slack.web.SlackMessage;
import java.util.Optional;

/**
 * What people see of a request, and of its grant, in the channel.
 *
 * @param message empty while there is none
 * @param stage how far it has come there
 * @param card what it says; empty when an earlier process wrote it
 * @param insteadOf the message that is on record and that is not there any more
 */
record DisplayedMessage(
        Optional<AnnouncementRef> message,
        Optional<DisplayedStage> stage,
        Optional<SlackMessage> card,
        Optional<AnnouncementRef> insteadOf) {
    static final DisplayedMessage NOTHING =
            new DisplayedMessage(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static DisplayedMessage found(AnnouncementRef message, Optional<DisplayedStage> stage) {
        return new DisplayedMessage(Optional.of(message), stage, Optional.empty(), Optional.empty());
    }

    static DisplayedMessage now(
            AnnouncementRef message, DisplayedStage stage, SlackMessage card, Optional<AnnouncementRef> insteadOf) {
        return new DisplayedMessage(Optional.of(message), Optional.of(stage), Optional.of(card), insteadOf);
    }

    /** Whether this is of the message that is on record for the subject, or of the one that took its place. */
    boolean isOf(MessageSubject subject) {
        return subject.shownIn().isEmpty()
                || subject.shownIn().equals(message)
                || subject.shownIn().equals(insteadOf);
    }

    boolean says(DisplayedStage what) {
        return stage.filter(what::equals).isPresent();
    }

    /** Whether the proposal had ended there, or become a grant. */
    boolean isAnswered() {
        return stage.filter(DisplayedStage::isAnswered).isPresent();
    }

    /** Whether the grant was over there: nothing that comes later can make it open again. */
    boolean isPast() {
        return stage.filter(DisplayedStage::isPast).isPresent();
    }
}
