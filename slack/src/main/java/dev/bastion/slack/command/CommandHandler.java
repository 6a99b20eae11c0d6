package dev.bastion.slack.command;

import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.slot.EnvironmentSlots;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.telemetry.WorkContext;
import dev.bastion.slack.message.Button;
import dev.bastion.slack.message.ErrorText;
import dev.bastion.slack.status.HelpMessage;
import dev.bastion.slack.status.PersonalMessages;
import dev.bastion.slack.status.StatusMessages;
import dev.bastion.slack.waiting.WaitingList;
import dev.bastion.slack.waiting.WaitingMessages;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The handler of commands and buttons: runs the use case and renders its outcome for the person. */
public final class CommandHandler {
    private final UseCases cases;
    private final StatusMessages messages;
    private final WaitingList waiting;
    private final GrantActions actions;
    private final EnvironmentAnswers answers;

    public CommandHandler(UseCases cases, StatusMessages messages, WaitingList waiting, InstantSource clock) {
        this.cases = cases;
        this.waiting = waiting;
        this.messages = messages;
        this.actions = new GrantActions(cases, clock);
        this.answers = new EnvironmentAnswers(cases, messages, clock);
    }

    /** @param given with the environment as the person typed it */
    SlackMessage handle(Command.Answered given, Person person, RequestId request) {
        boolean namesSlot =
                given.environmentTyped().filter(EnvironmentName::namesSlot).isPresent();
        Command.Answered command = given.named(this::environmentTyped);
        Map<String, String> named = command.environmentTyped()
                .map(name -> Map.of(WorkContext.ENVIRONMENT, name.value()))
                .orElse(Map.of());
        return WorkContext.current().with(named).call(() -> answer(command, namesSlot, person, request));
    }

    /** @param namesSlot whether the number of a slot was typed */
    private SlackMessage answer(Command.Answered command, boolean namesSlot, Person person, RequestId request) {
        return switch (command) {
            case Command.Help _ -> HelpMessage.of(cases.status().all(), person);
            case Command.Me _ ->
                PersonalMessages.me(cases.status().all(), person, WaitingMessages.list(waiting.of(person)));
            case Command.Requests _ -> PersonalMessages.requests(cases.status().all(), person);
            case Command.Create create ->
                actions.request(person, request, create).answer();
            case Command.Status(var environment) ->
                environment
                        .map(name -> answers.status(name, namesSlot))
                        .orElseGet(() -> messages.status(
                                cases.status().all(), cases.status().unexplained()));
            case Command.Extend(var environment, var by) ->
                onSlot(
                        person,
                        slots(environment, namesSlot),
                        (slot, only) -> actions.extend(person, request, slot, only, by));
            case Command.Destroy(var environment) -> actions.destroy(person, slots(environment, namesSlot));
            case Command.Connect(var environment) ->
                onSlot(person, slots(environment, namesSlot), (slot, _) -> answers.connect(slot));
            case Command.History(var environment) -> answers.history(environment, namesSlot);
            case Command.Doctor(var environment) ->
                onSlot(person, slots(environment, namesSlot), (slot, _) -> answers.doctor(person, slot));
            case Command.UnknownCommand(var typed, var nearest) -> SlackMessage.of(ErrorText.noCommand(typed, nearest));
            case Command.MissingEnvironment(var word) -> SlackMessage.of(ErrorText.incomplete(word));
            case Command.InvalidEnvironment(var typed) ->
                SlackMessage.of(ErrorText.of(new Refusal.UnknownEnvironment(typed, environments())));
            case Command.InvalidArgument(var problem) -> SlackMessage.of(Mrkdwn.escape(problem) + ".");
        };
    }

    /**
     * Handles a button. It carries only a request id: the grant is read now, and no other grant is touched.
     *
     * @param request the id of the click
     * @param meant the request that the button belongs to
     */
    SlackMessage handle(Button button, Person person, RequestId request, RequestId meant) {
        if (button == Button.WITHDRAW) {
            return actions.withdraw(person, meant);
        }
        if (button == Button.APPROVE_RETROACTIVELY) {
            return actions.approveRetroactively(person, meant);
        }
        List<Outage> outages = new ArrayList<>();
        Optional<Grant> grant = cases.status().snapshot(outages::add).openGrants().stream()
                .filter(open -> open.request().equals(meant))
                .findFirst();
        if (grant.isEmpty()) {
            return outages.isEmpty()
                    ? SlackMessage.of("That grant has ended. Run `/bastion create` to request access again.")
                    : StatusMessages.asOf(
                            SlackMessage.of("I cannot see that grant now. `/bastion status` shows what is known."),
                            outages);
        }
        EnvironmentName environment = grant.get().environment();
        return switch (button) {
            case EXTEND -> actions.extend(person, request, environment, Optional.of(meant), Optional.empty());
            case END -> actions.end(person, environment, meant);
            case CONNECT -> answers.connect(environment);
            case DOCTOR -> answers.doctor(person, environment);
            case APPROVE_RETROACTIVELY -> actions.approveRetroactively(person, meant);
            case WITHDRAW -> actions.withdraw(person, meant);
        };
    }

    /** Requests access, and offers to wait where it is refused and another person has it. */
    GrantActions.Requested request(Person person, RequestId id, Command.Create asked) {
        return actions.request(person, id, asked);
    }

    /** The environment that a person means; what was read last knows it, unless it is new. */
    private EnvironmentName environmentTyped(EnvironmentName typed) {
        LedgerSnapshot known = cases.ledger().lastSeen();
        EnvironmentName name = known.named(typed);
        return known.state(name).isPresent()
                ? name
                : cases.status().snapshot(_ -> {}).named(typed);
    }

    /** The slots that a name means; the first one alone where its number was typed. */
    private EnvironmentSlots slots(EnvironmentName environment, boolean namesSlot) {
        LedgerSnapshot snapshot = cases.status().snapshot(_ -> {});
        return namesSlot ? EnvironmentSlots.only(snapshot, environment) : EnvironmentSlots.of(snapshot, environment);
    }

    /** The answer about the slot that the person means, and that grant of theirs alone; or the question which one. */
    private static SlackMessage onSlot(
            Person person,
            EnvironmentSlots slots,
            BiFunction<EnvironmentName, Optional<RequestId>, SlackMessage> answer) {
        return slots.ambiguity(person)
                .map(why -> SlackMessage.of(ErrorText.of(why, person)))
                .orElseGet(() -> answer.apply(slots.meantBy(person), GrantActions.theirs(person, slots)));
    }

    private List<EnvironmentName> environments() {
        return cases.status().snapshot(_ -> {}).environments();
    }
}
