package dev.bastion.slack.waiting;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import dev.bastion.access.Outcome;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.SlackId;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.slack.message.ErrorText;
import dev.bastion.slack.message.HolderQuestion;
import dev.bastion.slack.message.RequestModal;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages to a person who waits for an environment. */
public final class WaitingMessages {
    /** The action of the button that begins a wait; its value is a {@link WaitRequest}. */
    public static final String WAIT_ACTION = "waiting_begin";
    /** The action of the button that ends a wait; its value is the wait's id. */
    public static final String STOP_ACTION = "waiting_stop";
    /** The action of the button that requests the environment; its value is the wait's id. */
    public static final String REQUEST_ACTION = "waiting_request";

    private static final int REASON = 120;
    private static final int MOST_LISTED = 5;

    private WaitingMessages() {}

    /** The answer to a request, with what the person can do where another person has the environment. */
    public static SlackMessage offer(SlackMessage answer, Outcome outcome, Person person, WaitRequest request) {
        Optional<Grant> taken = outcome instanceof Outcome.Refused(Refusal why) ? taken(why) : Optional.empty();
        if (taken.filter(grant -> !grant.holder().is(person)).isEmpty()) {
            return answer;
        }
        Grant grant = taken.get();
        var wait = Blocks.button(WAIT_ACTION, "Wait for it", request.value());
        boolean canBeAsked = SlackId.of(grant.holder().id()).isPresent();
        return answer.with(Blocks.actions(canBeAsked ? List.of(wait, HolderQuestion.ask(grant)) : List.of(wait)));
    }

    /** The grant for the end of which one would wait. */
    private static Optional<Grant> taken(Refusal why) {
        return switch (why) {
            case Refusal.AlreadyOpen(Grant grant) -> Optional.of(grant);
            case Refusal.NoFreeSlot(var _, int _, Grant next) -> Optional.of(next);
            case Refusal _ -> Optional.empty();
        };
    }

    /** The private message that a wait begins with. */
    static SlackMessage begun(Waiting waiting, Grant grant) {
        return SlackMessage.of("⏳ I'll write to you when " + name(waiting) + " is free. " + holder(grant) + ".")
                .with(stopButton(waiting));
    }

    private static String holder(Grant grant) {
        return Mrkdwn.bold(grant.holder().name()) + " has it until " + Mrkdwn.moment(grant.expiresAt());
    }

    /** The answer to the click, where it began. */
    static SlackMessage accepted(WaitingList.Place place) {
        return SlackMessage.of("I'll write to you when " + name(place.waiting()) + " is free." + before(place));
    }

    private static String before(WaitingList.Place place) {
        return switch (place.before()) {
            case 0 -> "";
            case 1 -> " One person waits before you.";
            default -> " " + place.before() + " people wait before you.";
        };
    }

    static SlackMessage known(WaitingList.Place place) {
        return SlackMessage.of("You already wait for " + name(place.waiting()) + ", since "
                + Mrkdwn.moment(place.waiting().since()) + "." + before(place));
    }

    static SlackMessage full(EnvironmentName environment) {
        return SlackMessage.of(WaitingList.MOST + " people already wait for " + Mrkdwn.bold(environment.title())
                + ", so I cannot add you. `/bastion status " + environment + "` shows when it is free.");
    }

    static SlackMessage free(EnvironmentName environment) {
        return SlackMessage.of(Mrkdwn.bold(environment.title()) + " is free. Request it now.")
                .with(Blocks.actions(
                        List.of(Blocks.button(RequestModal.REQUEST_ACTION, "Request access", environment.value()))));
    }

    /** The private message when the environment is free. */
    static SlackMessage offered(Waiting waiting, Instant until) {
        String length = waiting.duration().map(asked -> " for " + asked).orElse("");
        String reason = waiting.reason().isGiven()
                ? ": " + Mrkdwn.excerpt(waiting.reason().text(), REASON)
                : "";
        return SlackMessage.of("🟢 " + name(waiting) + " is free. You are next: I will tell the next person "
                        + Mrkdwn.moment(until) + ".")
                .with(Blocks.context("Request " + waiting.environment() + length + reason))
                .with(Blocks.actions(List.of(
                        Blocks.button(
                                REQUEST_ACTION,
                                "Request " + waiting.environment(),
                                waiting.id().value()),
                        stop(waiting))));
    }

    /** The offer's message once another person has the environment. */
    static SlackMessage takenAgain(Waiting waiting, Grant grant) {
        return SlackMessage.of("⏳ " + name(waiting) + " was free, and now " + holder(grant)
                        + ". You keep your place, and I'll write to you when it is free again.")
                .with(stopButton(waiting));
    }

    /** A message that a later one replaces. */
    static SlackMessage told(Waiting waiting) {
        return SlackMessage.of("You waited for " + name(waiting) + ". My next message has the result.");
    }

    static SlackMessage requested(Waiting waiting) {
        return SlackMessage.of("You requested " + name(waiting) + ", so you no longer wait for it.");
    }

    static SlackMessage hasIt(Waiting waiting) {
        return SlackMessage.of("You have " + name(waiting) + ", so you no longer wait for it.");
    }

    static SlackMessage stopped(Waiting waiting) {
        return SlackMessage.of("You stopped waiting for " + name(waiting) + ".");
    }

    /** The offer's message once its time is over. */
    static SlackMessage passed(Waiting waiting, Instant until) {
        return SlackMessage.of(name(waiting) + " was free, and your turn ended " + Mrkdwn.moment(until)
                + ". Run `/bastion create " + waiting.environment() + "` if you still need it.");
    }

    static SlackMessage lapsed(Waiting waiting) {
        return SlackMessage.of(name(waiting) + " was not free within " + Waiting.LONGEST.toHours()
                + " hours, so you no longer wait for it. Run `/bastion create " + waiting.environment()
                + "` to request it or to wait again.");
    }

    static SlackMessage mayNot(Waiting waiting) {
        return SlackMessage.of("You no longer wait for " + name(waiting) + ". "
                + ErrorText.of(new Refusal.NotAllowed(waiting.environment(), waiting.person()), waiting.person()));
    }

    static SlackMessage noEnvironment(Waiting waiting) {
        return SlackMessage.of(name(waiting)
                + " is no longer an environment, so you no longer wait for it. `/bastion help` lists them.");
    }

    /** The answer to a button of a wait that is over. */
    public static SlackMessage over() {
        return SlackMessage.of("You no longer wait for it. Run `/bastion create` to request access.");
    }

    /** What a person waits for, each with its button; for {@code me} and App Home. */
    public static List<LayoutBlock> list(List<WaitingList.Place> places) {
        List<LayoutBlock> blocks = new ArrayList<>();
        for (WaitingList.Place place : places.stream().limit(MOST_LISTED).toList()) {
            blocks.add(Blocks.section("⏳ You wait for " + name(place.waiting()) + "." + before(place)));
            blocks.add(stopButton(place.waiting()));
        }
        return blocks;
    }

    private static LayoutBlock stopButton(Waiting waiting) {
        return Blocks.actions(List.of(stop(waiting)));
    }

    private static BlockElement stop(Waiting waiting) {
        return Blocks.button(STOP_ACTION, "Stop waiting", waiting.id().value());
    }

    private static String name(Waiting waiting) {
        return Mrkdwn.bold(waiting.environment().title());
    }
}
