package dev.bastion.app.slack;

import dev.bastion.access.AnnouncementRef;
import java.util.Optional;

/**
 * What people see of a request, and of its grant, in the channel.
 *
 * @param message empty while there is none
 * @param stage how far it has come there
 * @param card what it says; empty when an earlier process wrote it
 * @param insteadOf the message that is on record and that is not there any more
 */
record Shown(
        Optional<AnnouncementRef> message,
        Optional<ShownStage> stage,
        Optional<Card> card,
        Optional<AnnouncementRef> insteadOf) {
    static final Shown NOTHING = new Shown(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static Shown found(AnnouncementRef message, Optional<ShownStage> stage) {
        return new Shown(Optional.of(message), stage, Optional.empty(), Optional.empty());
    }

    static Shown now(AnnouncementRef message, ShownStage stage, Card card, Optional<AnnouncementRef> insteadOf) {
        return new Shown(Optional.of(message), Optional.of(stage), Optional.of(card), insteadOf);
    }

    /** Whether this is of the message that is on record for the subject, or of the one that took its place. */
    boolean isOf(Subject subject) {
        return subject.shownIn().isEmpty()
                || subject.shownIn().equals(message)
                || subject.shownIn().equals(insteadOf);
    }

    boolean says(ShownStage what) {
        return stage.filter(what::equals).isPresent();
    }

    /** Whether the proposal had ended there, or become a grant. */
    boolean isAnswered() {
        return stage.filter(ShownStage::isAnswered).isPresent();
    }

    /** Whether the grant was over there: nothing that comes later can make it open again. */
    boolean isPast() {
        return stage.filter(ShownStage::isPast).isPresent();
    }
}
