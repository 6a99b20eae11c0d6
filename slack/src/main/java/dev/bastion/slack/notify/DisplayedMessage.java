package dev.bastion.slack.notify;

import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.slack.web.DisplayedStage;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackMessage;
import java.util.Optional;

/**
 * The live message of a request, as people see it in the channel.
 *
 * @param message empty while there is none
 * @param stage the stage it shows
 * @param content its text; empty when an earlier process wrote it
 * @param insteadOf the message on record, which was deleted in Slack
 * @param isTold whether the person whom the last stage concerns was told of it in private, or on another way
 */
record DisplayedMessage(
        Optional<AnnouncementRef> message,
        Optional<DisplayedStage> stage,
        Optional<SlackMessage> content,
        Optional<AnnouncementRef> insteadOf,
        boolean isTold) {
    /** The remark of a live message whose last stage its person does not know yet. */
    static final String UNTOLD = "untold";

    static final DisplayedMessage NOTHING =
            new DisplayedMessage(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true);

    static DisplayedMessage found(AnnouncementRef message, Optional<MessageMetadata> metadata) {
        return new DisplayedMessage(
                Optional.of(message),
                metadata.flatMap(MessageMetadata::stage),
                Optional.empty(),
                Optional.empty(),
                metadata.filter(known -> known.hasRemark(UNTOLD)).isEmpty());
    }

    static DisplayedMessage now(
            AnnouncementRef message, DisplayedStage stage, SlackMessage content, Optional<AnnouncementRef> insteadOf) {
        return new DisplayedMessage(Optional.of(message), Optional.of(stage), Optional.of(content), insteadOf, true);
    }

    DisplayedMessage instead(Optional<AnnouncementRef> onRecord) {
        return new DisplayedMessage(message, stage, content, onRecord, isTold);
    }

    DisplayedMessage told(boolean told) {
        return new DisplayedMessage(message, stage, content, insteadOf, told);
    }

    /** Whether this is the message on record for the subject, or the one that was posted instead of it. */
    boolean isOf(MessageSubject subject) {
        return subject.shownIn().isEmpty()
                || subject.shownIn().equals(message)
                || subject.shownIn().equals(insteadOf);
    }

    boolean shows(DisplayedStage other) {
        return stage.filter(other::equals).isPresent();
    }

    /** Whether nothing is left to show: the grant is gone, and its holder knows. */
    boolean isFinished() {
        return shows(DisplayedStage.GONE) && isTold;
    }

    /** Whether it shows exactly this. */
    boolean is(DisplayedStage other, SlackMessage text) {
        return shows(other) && content.equals(Optional.of(text));
    }

    /** Whether it shows a proposal that has ended, or a grant. */
    boolean isDecided() {
        return stage.filter(DisplayedStage::isDecided).isPresent();
    }

    /** Whether it shows a grant that has ended: nothing that comes later can make it open again. */
    boolean isPast() {
        return stage.filter(DisplayedStage::isPast).isPresent();
    }
}
