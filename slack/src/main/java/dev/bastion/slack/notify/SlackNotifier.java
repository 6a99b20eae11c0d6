package dev.bastion.slack.notify;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.AnnouncementRef;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantStatus;
import dev.bastion.access.grant.InactiveAccount;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.Evaluation;
import dev.bastion.access.port.Notifier;
import dev.bastion.access.port.Resolution;
import dev.bastion.access.proposal.ProposalStatus;
import dev.bastion.access.proposal.ProposedChange;
import dev.bastion.access.review.ApprovalAsk;
import dev.bastion.access.state.LayoutProblem;
import dev.bastion.access.state.UnexplainedInstance;
import dev.bastion.slack.message.ApproverMessages;
import dev.bastion.slack.message.CommitLinks;
import dev.bastion.slack.message.GrantMessage;
import dev.bastion.slack.message.InventoryMessages;
import dev.bastion.slack.message.LayoutMessage;
import dev.bastion.slack.message.ProposalMessage;
import dev.bastion.slack.notify.OutgoingMessage.FailedRequest;
import dev.bastion.slack.notify.OutgoingMessage.GrantUpdate;
import dev.bastion.slack.notify.OutgoingMessage.OneTime;
import dev.bastion.slack.notify.OutgoingMessage.ProposalUpdate;
import dev.bastion.slack.web.DisplayedStage;
import dev.bastion.slack.web.SlackMessage;
import dev.bastion.slack.web.SlackSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The {@link Notifier} that writes to Slack: one live message for each request, edited as its grant proceeds, and private
 * messages and alarms beside it. Only {@link #requested}, {@link #proposed} and, once after a restart, {@link
 * #hasShownGone} wait for Slack, each two seconds at most; the rest goes through the {@link Outbox}.
 */
public final class SlackNotifier implements Notifier {
    /** By how much Slack's clock may be behind ours. */
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private static final Duration PAUSE_AFTER_SILENCE = Duration.ofSeconds(30);

    /** How long an alarm about an instance is found again after a restart. */
    private static final Duration INSTANCE_MEMORY = Duration.ofDays(1);

    private final Outbox outbox;
    private final GrantMessage grantMessages;
    private final ApproverMessages approverMessages;
    private final ResolutionEdits resolutions;
    private final InstantSource clock;
    private volatile Instant notAskedBefore = Instant.EPOCH;

    public SlackNotifier(SlackSettings settings, Outbox outbox, InstantSource clock) {
        this.outbox = outbox;
        this.grantMessages = new GrantMessage(new CommitLinks(settings.commitPages()));
        this.approverMessages = new ApproverMessages(new CommitLinks(settings.commitPages()));
        this.resolutions = new ResolutionEdits(approverMessages);
        this.clock = clock;
    }

    @Override
    public Optional<AnnouncementRef> requested(LedgerChange.Open change) {
        return outbox.post(change.request().id(), change.environment(), grantMessages.requested(change));
    }

    @Override
    public Optional<AnnouncementRef> proposed(ProposedChange change) {
        return outbox.post(change.id(), change.environment(), ProposalMessage.proposed(change));
    }

    @Override
    public void requestFailed(AnnouncementRef announcement, LedgerChange.Open change, String why) {
        RequestId request = change.request().id();
        SlackMessage message = GrantMessage.notRecorded(request, Optional.of(change.environment()), why);
        offer(announcement, request, change.environment(), DisplayedStage.NOT_RECORDED, message);
    }

    @Override
    public void requestFailed(AnnouncementRef announcement, ProposedChange change, String why) {
        SlackMessage message = ProposalMessage.requestFailed(change, why);
        offer(announcement, change.id(), change.environment(), DisplayedStage.NOT_RECORDED, message);
    }

    /** The message stays at "requested", so that a later stage replaces it, and {@link UnrecordedRequests} finds it. */
    @Override
    public void requestUnknown(
            AnnouncementRef announcement, RequestId request, EnvironmentName environment, Fault.Unknown fault) {
        SlackMessage message = GrantMessage.unknown(request, environment, fault);
        offer(announcement, request, environment, DisplayedStage.REQUESTED, message);
    }

    private void offer(
            AnnouncementRef posted,
            RequestId request,
            EnvironmentName environment,
            DisplayedStage stage,
            SlackMessage message) {
        outbox.offer(new FailedRequest(posted, request, Optional.of(environment), stage, message));
    }

    @Override
    public void show(ProposalStatus status) {
        outbox.offer(new ProposalUpdate(status));
    }

    /**
     * The private messages are offered beside the update, as they do not wait for the channel's message; and before it, as
     * the last update waits for them.
     */
    @Override
    public void show(GrantStatus status) {
        boolean isOutdated = outbox.displayed(status.grant().request())
                .filter(DisplayedMessage::isPast)
                .filter(_ -> !DisplayedStage.of(status.stage()).isPast())
                .isPresent();
        if (!isOutdated) {
            MessageSubject.of(status.grant()).privateMessages(status).forEach(outbox::offer);
            ResolutionEdits.extended(status).forEach(outbox::offer);
            outbox.offer(new GrantUpdate(status));
        }
    }

    @Override
    public void askToApprove(ApprovalAsk ask) {
        MessageSubject subject = MessageSubject.of(ask.proposal());
        SlackMessage message = ApproverMessages.asksToApprove(ask);
        ask.people()
                .forEach(person -> outbox.offer(new OneTime(
                        subject.request(),
                        subject.since(),
                        new Recipient.User(person.id()),
                        OneTime.keyOfRound(ask.round()),
                        message)));
    }

    @Override
    public void usedBreakGlass(Grant grant, List<Person> approvers) {
        String key = ResolutionEdits.BREAK_GLASS;
        offer(grant, new Recipient.Channel(grant.environment()), key, approverMessages.usedBreakGlass(grant));
        if (!ApproverMessages.isApproved(grant)) {
            SlackMessage message = approverMessages.asksToApprove(grant);
            approvers.forEach(person -> offer(grant, new Recipient.User(person.id()), key, message));
        }
    }

    @Override
    public void openWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        offer(
                grant,
                new Recipient.Channel(grant.environment()),
                ResolutionEdits.keyOfAlarm(grant, by),
                approverMessages.withoutApproval(grant, by, evaluation));
    }

    @Override
    public void environmentUnreadable(EnvironmentState.Unclear environment, boolean isAtItsEnd) {
        String what = environment
                .edit()
                .map(edit -> edit.commit().brief())
                .orElseGet(() -> RequestId.derivedFrom(environment.problem()).value());
        Instant since = environment
                .edit()
                .map(EnvironmentState.Edit::at)
                .orElseGet(clock::instant)
                .minus(INSTANCE_MEMORY);
        outbox.offer(new OneTime(
                RequestId.derivedFrom("environment " + environment.environment()),
                since,
                new Recipient.Channel(environment.environment()),
                "unreadable " + what + (isAtItsEnd ? " at its end" : ""),
                grantMessages.unreadable(environment, isAtItsEnd)));
    }

    @Override
    public void layoutProblem(LayoutProblem problem) {
        RequestId id = RequestId.derivedFrom("file " + problem.path());
        String key = switch (problem.kind()) {
                    case LOOKALIKE -> "layout ";
                    case UNAPPROVED -> "unapproved ";
                    case SLOTS -> "slots ";
                }
                + problem.commit().brief();
        Instant since = clock.instant().minus(INSTANCE_MEMORY);
        outbox.offer(new OneTime(id, since, new Recipient.Channel(), key, LayoutMessage.of(problem)));
    }

    @Override
    public void instanceUnexplained(UnexplainedInstance found) {
        offer(found, "unexplained", InventoryMessages.unexplained(found));
    }

    @Override
    public void unexplainedInstanceGone(UnexplainedInstance last) {
        offer(last, "gone", InventoryMessages.gone(last));
    }

    @Override
    public void terminationRefused(BastionObservation bastion, String why, String remedy) {
        Instant since = clock.instant().minus(INSTANCE_MEMORY);
        outbox.offer(new OneTime(
                InventoryMessages.keyOf(bastion),
                since,
                new Recipient.Channel(),
                "termination refused",
                InventoryMessages.terminationRefused(bastion, why, remedy)));
    }

    private void offer(UnexplainedInstance found, String key, SlackMessage message) {
        Instant since = found.since().minus(INSTANCE_MEMORY);
        outbox.offer(
                new OneTime(InventoryMessages.keyOf(found.bastion()), since, new Recipient.Channel(), key, message));
    }

    @Override
    public void endedWithoutApproval(Grant grant, CommitId by, Evaluation evaluation) {
        offer(
                grant,
                new Recipient.Channel(grant.environment()),
                "ended without approval " + by.brief(),
                approverMessages.endedWithoutApproval(grant, by, evaluation));
    }

    @Override
    public void endedInactiveHolder(Grant grant, InactiveAccount why, List<Person> approvers) {
        String key = "ended inactive holder";
        SlackMessage message = approverMessages.endedInactiveHolder(grant, why);
        offer(grant, new Recipient.Channel(grant.environment()), key, message);
        approvers.forEach(person -> offer(grant, new Recipient.User(person.id()), key, message));
    }

    /** The id is of the approver and the day, so that every process and every start finds the day's message. */
    @Override
    public void remindOfBreakGlass(Person approver, List<Grant> grants, Instant day) {
        outbox.offer(new OneTime(
                RequestId.derivedFrom("break-glass reminder " + approver.id() + " " + day),
                day.minus(CLOCK_SKEW),
                new Recipient.User(approver.id()),
                ResolutionEdits.BREAK_GLASS_REMINDER,
                approverMessages.remindsOfBreakGlass(grants)));
    }

    @Override
    public void resolve(Resolution resolution) {
        Set<Recipient.User> asked =
                outbox.recipients(ResolutionEdits.requestOf(resolution), ResolutionEdits::asksApprovers);
        resolutions.of(resolution, asked.stream()).forEach(outbox::offer);
    }

    private void offer(Grant grant, Recipient recipient, String key, SlackMessage message) {
        outbox.offer(new OneTime(grant.request(), MessageSubject.of(grant).since(), recipient, key, message));
    }

    @Override
    public boolean hasShownGone(PastGrant past) {
        Optional<DisplayedMessage> known = outbox.displayed(past.grant().request());
        if (known.isPresent()) {
            return known.get().isFinished();
        }
        if (clock.instant().isBefore(notAskedBefore)) {
            return false;
        }
        Optional<DisplayedMessage> found = outbox.find(MessageSubject.of(past.grant()));
        if (found.isEmpty()) {
            notAskedBefore = clock.instant().plus(PAUSE_AFTER_SILENCE);
        }
        return found.filter(DisplayedMessage::isFinished).isPresent();
    }
}
