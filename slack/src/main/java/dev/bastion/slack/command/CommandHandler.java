package dev.bastion.slack.command;

import com.slack.api.model.block.LayoutBlock;
import dev.bastion.access.Outcome;
import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.grant.Timestamps;
import dev.bastion.access.outage.EndResult;
import dev.bastion.access.proposal.ExtensionRequest;
import dev.bastion.access.proposal.Proposal;
import dev.bastion.access.proposal.Refusal;
import dev.bastion.access.proposal.UnmetRequirement;
import dev.bastion.access.slot.EnvironmentSlots;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.access.state.StatusReport;
import dev.bastion.access.telemetry.WorkContext;
import dev.bastion.slack.message.Button;
import dev.bastion.slack.message.DiagnosisMessage;
import dev.bastion.slack.message.ErrorText;
import dev.bastion.slack.message.ProposalMessage;
import dev.bastion.slack.message.RequirementList;
import dev.bastion.slack.status.HelpMessage;
import dev.bastion.slack.status.PersonalMessages;
import dev.bastion.slack.status.StatusMessages;
import dev.bastion.slack.waiting.WaitRequest;
import dev.bastion.slack.waiting.WaitingList;
import dev.bastion.slack.waiting.WaitingMessages;
import dev.bastion.slack.web.Mrkdwn;
import dev.bastion.slack.web.SlackMessage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The handler of commands and buttons: runs the use case and renders its outcome for the person. */
public final class CommandHandler {
    private static final int HISTORY = 10;

    private final UseCases cases;
    private final StatusMessages messages;
    private final WaitingList waiting;
    private final InstantSource clock;

    public CommandHandler(UseCases cases, StatusMessages messages, WaitingList waiting, InstantSource clock) {
        this.cases = cases;
        this.waiting = waiting;
        this.messages = messages;
        this.clock = clock;
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
            case Command.Create create -> request(person, request, create).answer();
            case Command.Status(var environment) ->
                environment
                        .map(name -> status(name, namesSlot))
                        .orElseGet(() -> messages.status(
                                cases.status().all(), cases.status().unexplained()));
            case Command.Extend(var environment, var by) ->
                onSlot(person, slots(environment, namesSlot), (slot, only) -> extend(person, request, slot, only, by));
            case Command.Destroy(var environment) -> destroy(person, slots(environment, namesSlot));
            case Command.Connect(var environment) ->
                onSlot(person, slots(environment, namesSlot), (slot, _) -> of(slot, messages::connect));
            case Command.History(var environment) -> history(environment, namesSlot);
            case Command.Doctor(var environment) ->
                onSlot(person, slots(environment, namesSlot), (slot, _) -> doctor(person, slot));
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
            return withdraw(person, meant);
        }
        if (button == Button.APPROVE_RETROACTIVELY) {
            return approveRetroactively(person, meant);
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
            case EXTEND -> extend(person, request, environment, Optional.of(meant), Optional.empty());
            case END ->
                switch (end(person, environment, Optional.of(meant))) {
                    case EndResult.Answered(Outcome outcome) -> text(outcome, person, CommandHandler::ended);
                    case EndResult.Pending pending -> SlackMessage.of(ErrorText.endPending(pending));
                };
            case CONNECT -> of(environment, messages::connect);
            case DOCTOR -> doctor(person, environment);
            case APPROVE_RETROACTIVELY -> approveRetroactively(person, meant);
            case WITHDRAW -> withdraw(person, meant);
        };
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
                .orElseGet(() -> answer.apply(slots.meantBy(person), theirs(person, slots)));
    }

    /** Of several slots only the person's own grant, so that nobody else's ends when theirs has just expired. */
    private static Optional<RequestId> theirs(Person person, EnvironmentSlots slots) {
        return slots.areSeveral() ? slots.grantOf(person).map(Grant::request) : Optional.empty();
    }

    /** What a request came to, and the answer to the person. */
    record Requested(Outcome outcome, SlackMessage answer) {}

    Requested request(Person person, RequestId id, Command.Create asked) {
        AccessRequest request = new AccessRequest(
                id,
                person,
                asked.environment(),
                asked.duration(),
                asked.reason(),
                asked.breakGlass(),
                asked.notBefore(),
                Timestamps.wholeSeconds(clock.instant()),
                Optional.empty());
        Outcome outcome = cases.request().request(request);
        if (outcome instanceof Outcome.Refused(Refusal why)) {
            cases.refusals().refused(request, why);
        }
        String breakGlass = asked.breakGlass() ? " without approval; everyone concerned is notified" : "";
        SlackMessage answer = text(
                outcome,
                person,
                grant -> name(grant) + " is being opened for you until " + Mrkdwn.moment(grant.expiresAt()) + breakGlass
                        + ". I'll message you when you can connect.");
        WaitRequest wait = new WaitRequest(asked.environment().withoutSlot(), asked.duration(), asked.reason());
        return new Requested(outcome, WaitingMessages.offer(answer, outcome, person, wait));
    }

    private SlackMessage extend(
            Person person,
            RequestId request,
            EnvironmentName environment,
            Optional<RequestId> only,
            Optional<GrantDuration> by) {
        return text(
                cases.extend().extend(new ExtensionRequest(request, person, environment, by, only)),
                person,
                grant -> name(grant) + " is now open until " + Mrkdwn.moment(grant.expiresAt()) + ".");
    }

    /** Ends the open grant; where there is none of theirs, withdraws their waiting request. */
    private SlackMessage destroy(Person person, EnvironmentSlots slots) {
        Optional<Refusal> ambiguity = slots.ambiguity(person);
        if (ambiguity.isPresent()) {
            Outcome outcome = cases.withdraw()
                    .withdraw(person, slots.environment())
                    .orElseGet(() -> new Outcome.Refused(ambiguity.get()));
            return text(outcome, person, CommandHandler::ended);
        }
        EnvironmentName environment = slots.meantBy(person);
        return switch (end(person, environment, theirs(person, slots))) {
            case EndResult.Answered(Outcome.Refused(Refusal why))
            when why instanceof Refusal.NotOpen || why instanceof Refusal.NotYours ->
                text(
                        cases.withdraw().withdraw(person, environment).orElseGet(() -> new Outcome.Refused(why)),
                        person,
                        CommandHandler::ended);
            case EndResult.Answered(Outcome outcome) -> text(outcome, person, CommandHandler::ended);
            case EndResult.Pending pending -> SlackMessage.of(ErrorText.endPending(pending));
        };
    }

    private EndResult end(Person person, EnvironmentName environment, Optional<RequestId> only) {
        return cases.end().end(new End.EndedBy(person), environment, only);
    }

    private static String ended(Grant grant) {
        return "Access to " + name(grant)
                + " has ended. The message in the channel will show when its bastion is gone.";
    }

    private SlackMessage withdraw(Person person, RequestId meant) {
        return cases.withdraw()
                .withdraw(person, meant)
                .map(outcome -> text(outcome, person, CommandHandler::ended))
                .orElseGet(() -> SlackMessage.of(
                        "That request is no longer waiting; its message in the channel has the details."));
    }

    /** Also of a grant that is over. */
    private SlackMessage approveRetroactively(Person person, RequestId meant) {
        return cases.ledger()
                .read()
                .openOrBreakGlass(meant)
                .map(grant -> approveRetroactively(person, grant.environment(), meant))
                .orElseGet(() -> SlackMessage.of(
                        "That grant is not in the ledger as break-glass access; there is nothing to approve."));
    }

    private SlackMessage approveRetroactively(Person person, EnvironmentName environment, RequestId meant) {
        return text(
                cases.approveRetroactively().approveRetroactively(person, environment, meant),
                person,
                grant -> "You approved retroactively that " + name(grant) + " was opened for "
                        + Mrkdwn.bold(grant.holder().name()) + ". Recorded in git.");
    }

    private SlackMessage doctor(Person person, EnvironmentName environment) {
        return DiagnosisMessage.of(cases.doctor().diagnose(person, environment));
    }

    private SlackMessage history(EnvironmentName environment, boolean namesSlot) {
        List<Outage> outages = new ArrayList<>();
        LedgerSnapshot snapshot = cases.status().snapshot(outages::add);
        List<EnvironmentState> states = (namesSlot
                        ? EnvironmentSlots.only(snapshot, environment)
                        : EnvironmentSlots.of(snapshot, environment))
                .states();
        List<PastGrant> past = states.stream()
                .flatMap(state -> cases.ledger().history(state.environment(), HISTORY).stream())
                .sorted(Comparator.comparing(PastGrant::endedAt).reversed())
                .limit(HISTORY)
                .toList();
        SlackMessage message = states.isEmpty()
                ? SlackMessage.of(ErrorText.of(snapshot.unknown(environment)))
                : messages.history(states, past, cases.observations()::of);
        return StatusMessages.asOf(message, outages);
    }

    /** One environment in detail, or the list of its slots. */
    private SlackMessage status(EnvironmentName environment, boolean namesSlot) {
        StatusReport report = cases.status().all();
        List<StatusReport.Line> slots = report.lines().stream()
                .filter(line -> line.state().environment().sharesSlotsWith(environment))
                .toList();
        return namesSlot || environment.namesSlot() || slots.size() < 2
                ? of(report, environment, this::status)
                : messages.status(new StatusReport(slots, report.policy(), report.outages()), List.of());
    }

    /** Adds what each waiting request still needs, where GitHub answers. */
    private SlackMessage status(StatusReport.Line line) {
        SlackMessage message = messages.status(line, clock.instant());
        for (Proposal proposal : line.waiting()) {
            List<UnmetRequirement> unmet = cases.status().unmetBy(proposal).orElse(List.of());
            for (LayoutBlock block : RequirementList.of(ProposalMessage.page(proposal) + " is waiting for:", unmet)) {
                message = message.with(block);
            }
        }
        return message;
    }

    private SlackMessage of(EnvironmentName environment, Function<StatusReport.Line, SlackMessage> answer) {
        return of(cases.status().all(), environment, answer);
    }

    private static SlackMessage of(
            StatusReport report, EnvironmentName environment, Function<StatusReport.Line, SlackMessage> answer) {
        List<StatusReport.Line> lines = report.lines();
        SlackMessage message = lines.stream()
                .filter(line -> line.state().environment().equals(environment))
                .findFirst()
                .map(answer)
                .orElseGet(() -> SlackMessage.of(ErrorText.of(new Refusal.UnknownEnvironment(
                        environment.value(),
                        lines.stream().map(line -> line.state().environment()).toList()))));
        return StatusMessages.asOf(message, report.outages());
    }

    private List<EnvironmentName> environments() {
        return cases.status().snapshot(_ -> {}).environments();
    }

    private static SlackMessage text(Outcome outcome, Person person, Function<Grant, String> done) {
        return SlackMessage.of(
                switch (outcome) {
                    case Outcome.Done(Grant grant, var _) -> done.apply(grant);
                    case Outcome.Proposed(var proposal) -> ErrorText.proposed(proposal);
                    case Outcome.Withdrawn(var proposal) -> ErrorText.withdrawn(proposal);
                    case Outcome.Refused(var refusal) -> ErrorText.of(refusal, person);
                });
    }

    private static String name(Grant grant) {
        return Mrkdwn.bold(grant.environment().title());
    }
}
