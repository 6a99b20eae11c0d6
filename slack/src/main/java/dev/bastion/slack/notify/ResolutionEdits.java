package dev.bastion.slack.notify;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStage;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.Resolution;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.slack.message.ApproverMessages;
import dev.bastion.slack.message.HolderMessage;
import dev.bastion.slack.message.ProposalMessage;
import dev.bastion.slack.notify.MessageEdit.Edited;
import dev.bastion.slack.notify.OutgoingMessage.OneTime;
import dev.bastion.slack.notify.OutgoingMessage.Resolved;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.MessageMetadata;
import dev.bastion.slack.web.SlackMessage;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The edits that follow from a {@link Resolution}: which messages, in which conversations, and what they say then. */
final class ResolutionEdits {
    static final String BREAK_GLASS = "broken glass";
    static final String BREAK_GLASS_REMINDER = "break-glass reminder";
    private static final String WITHOUT_APPROVAL = "without approval ";

    private final ApproverMessages messages;

    ResolutionEdits(ApproverMessages messages) {
        this.messages = messages;
    }

    /** The key of the alarm. It has environment and commit: one commit can open several, and people can repeat an id. */
    static String keyOfAlarm(Grant grant, CommitId by) {
        return WITHOUT_APPROVAL + grant.environment() + " " + by.brief();
    }

    /** Which of our private messages ask approvers to act. */
    static boolean asksApprovers(String key) {
        return key.equals(BREAK_GLASS) || OneTime.isKeyOfRound(key);
    }

    /** @param asked who else got a private message that asks to act, beside those whom the resolution names */
    Stream<Resolved> of(Resolution resolution, Stream<Recipient.User> asked) {
        return switch (resolution) {
            case Resolution.Decided(var status, var approvers) ->
                recipients(approvers, asked).map(approver -> decided(status, approver));
            case Resolution.BreakGlass over ->
                Stream.concat(
                                Stream.of(new Recipient.Channel(over.grant().environment())),
                                recipients(over.approvers(), asked))
                        .map(recipient -> breakGlass(over, recipient));
            case Resolution.Allowed(var grant, var by) ->
                Stream.of(alarm(
                        grant,
                        "allowed " + by.brief(),
                        keyOfAlarm(grant, by)::equals,
                        alarm -> ApproverMessages.allowed(alarm, grant)));
            case Resolution.Ended(PastGrant past) ->
                Stream.of(alarm(
                        past.grant(),
                        "ended",
                        key -> key.startsWith(WITHOUT_APPROVAL + past.grant().environment() + " "),
                        alarm -> ApproverMessages.ended(alarm, past)));
        };
    }

    static RequestId requestOf(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Decided(var status, var _) -> status.proposal().id();
            case Resolution.BreakGlass over -> over.grant().request();
            case Resolution.Allowed(var grant, var _) -> grant.request();
            case Resolution.Ended(PastGrant past) -> past.grant().request();
        };
    }

    private static Stream<Recipient> recipients(List<Person> people, Stream<Recipient.User> asked) {
        return Stream.<Recipient>concat(people.stream().map(person -> new Recipient.User(person.id())), asked)
                .distinct();
    }

    private static Resolved decided(ProposalStatus status, Recipient approver) {
        MessageSubject subject = MessageSubject.of(status.proposal());
        String what = "decided";
        return new Resolved(
                subject.request(),
                subject.since(),
                approver,
                what,
                (metadata, _) -> isOf(metadata, subject.request(), OneTime::isKeyOfRound) && !metadata.hasRemark(what)
                        ? Optional.of(new Edited(metadata.withRemark(what), ProposalMessage.decided(status)))
                        : Optional.empty());
    }

    /** The first message about it and, once it awaits no approval, the reminders, which name several requests. */
    private Resolved breakGlass(Resolution.BreakGlass over, Recipient recipient) {
        Grant grant = over.grant();
        MessageSubject subject = MessageSubject.of(grant);
        String what =
                "break-glass" + (over.past().isPresent() ? " over" : "") + (over.awaitsApproval() ? "" : " answered");
        SlackMessage first = recipient instanceof Recipient.User
                ? messages.asksToApprove(grant, over.past(), over.awaitsApproval())
                : messages.usedBreakGlass(grant, over.past(), over.awaitsApproval());
        return new Resolved(subject.request(), subject.since(), recipient, what, (metadata, found) -> {
            if (isOf(metadata, subject.request(), BREAK_GLASS::equals) && !metadata.hasRemark(what)) {
                return Optional.of(new Edited(metadata.withRemark(what), first));
            }
            boolean isAnsweredReminder =
                    !over.awaitsApproval() && metadata.key().equals(Optional.of(BREAK_GLASS_REMINDER));
            return Optional.of(found)
                    .filter(_ -> isAnsweredReminder)
                    .flatMap(reminder -> messages.answered(reminder, grant))
                    .map(content -> new Edited(metadata, content));
        });
    }

    private static Resolved alarm(
            Grant grant, String what, Predicate<String> key, UnaryOperator<SlackMessage> content) {
        MessageSubject subject = MessageSubject.of(grant);
        return new Resolved(
                subject.request(),
                subject.since(),
                new Recipient.Channel(grant.environment()),
                what,
                (metadata, found) -> isOf(metadata, subject.request(), key) && hasOffer(found)
                        ? Optional.of(new Edited(metadata, content.apply(found)))
                        : Optional.empty());
    }

    /** A warning of an end that is not the end any more, in the holder's private messages. */
    static Stream<Resolved> extended(GrantStatus status) {
        Grant grant = status.grant();
        MessageSubject subject = MessageSubject.of(grant);
        boolean isOpen = status.stage() instanceof GrantStage.Ready || status.stage() instanceof GrantStage.EndsSoon;
        return Stream.of(new Resolved(
                        subject.request(),
                        subject.since(),
                        new Recipient.User(subject.person().id()),
                        "open until " + grant.expiresAt(),
                        (metadata, found) ->
                                isOf(metadata, subject.request(), key -> HolderMessage.warnsOfAnotherEnd(key, grant))
                                                && hasOffer(found)
                                        ? Optional.of(
                                                new Edited(metadata, found.resolved(HolderMessage.extended(grant))))
                                        : Optional.empty()))
                .filter(_ -> isOpen && !subject.person().isMachine());
    }

    private static boolean isOf(MessageMetadata metadata, RequestId request, Predicate<String> key) {
        return metadata.request().equals(request) && metadata.key().filter(key).isPresent();
    }

    private static boolean hasOffer(SlackMessage message) {
        return message.blocks().stream().anyMatch(Blocks::isOffer);
    }
}
