package dev.bastion.slack.message;

import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.CheckboxesElement;
import com.slack.api.model.block.element.DatetimePickerElement;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.block.element.StaticSelectElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewState;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.slack.web.Blocks;
import dev.bastion.slack.web.Mrkdwn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The modal that {@code /bastion create} opens: its fields, what a person filled in, and the field of each refusal. */
public final class RequestModal {
    /** The action id of the button that opens the modal. */
    public static final String OPEN_ACTION = "open_request_form";

    /** The action id of a button that opens it for one environment, whose name is the button's value. */
    public static final String REQUEST_ACTION = "request_environment";

    public static final String CALLBACK = "grant_request";
    /** The block id of the field, and the action id of its menu. */
    public static final String ENVIRONMENT = "environment";

    private static final String QUESTIONS = "questions";
    private static final String NOT_YET = "\nNothing is requested until you press *Request*.";
    static final String DURATION = "duration";
    static final String START = "start";
    static final String REASON = "reason";
    static final String BREAK_GLASS = "break_glass";

    private static final List<String> DURATIONS = List.of("30m", "1h", "2h", "4h", "8h", "12h", "1d");

    private RequestModal() {}

    /** The values that a person filled in. */
    public record Filled(
            EnvironmentName environment,
            Optional<GrantDuration> duration,
            Optional<Instant> start,
            Reason reason,
            boolean breakGlass) {}

    /**
     * The modal for a person.
     *
     * @param draft what to fill in, and to ask about
     * @return empty when this person may request no environment
     */
    public static Optional<View> of(LedgerSnapshot snapshot, Person person, Optional<RequestDraft> draft) {
        List<EnvironmentState> states = EnvironmentSelect.requestable(snapshot, person);
        return states.isEmpty() ? Optional.empty() : Optional.of(view(blocks(snapshot, person, states, draft)));
    }

    private static List<LayoutBlock> blocks(
            LedgerSnapshot snapshot, Person person, List<EnvironmentState> states, Optional<RequestDraft> draft) {
        Optional<EnvironmentName> named = draft.map(RequestDraft::environment);
        Optional<EnvironmentState> chosen = states.stream()
                .filter(state ->
                        named.filter(state.environment()::sharesSlotsWith).isPresent())
                .findFirst();
        List<EnvironmentState> possible = chosen.map(List::of).orElse(states);
        List<LayoutBlock> blocks = new ArrayList<>();
        draft.map(RequestDraft::questions)
                .filter(questions -> !questions.isEmpty())
                .ifPresent(questions -> blocks.add(SectionBlock.builder()
                        .blockId(QUESTIONS)
                        .text(Blocks.markdown(String.join("\n", questions) + NOT_YET))
                        .build()));
        blocks.add(environments(EnvironmentSelect.of(snapshot, states, named)));
        chosen.ifPresent(state -> blocks.add(Blocks.context(EnvironmentTerms.of(state, snapshot.policy(), person))));
        blocks.add(durations(snapshot, possible, draft.flatMap(RequestDraft::duration)));
        blocks.add(start());
        blocks.add(reason(snapshot, possible, draft.map(RequestDraft::reason)));
        boolean mayBreakGlass = possible.stream()
                .anyMatch(state -> rules(snapshot, state)
                        .proposals()
                        .breakGlass()
                        .allowed()
                        .includes(person));
        boolean asksForIt = draft.filter(RequestDraft::breakGlass).isPresent();
        if (mayBreakGlass || asksForIt) {
            blocks.add(breakGlass(asksForIt));
        }
        return blocks;
    }

    private static View view(List<LayoutBlock> blocks) {
        return View.builder()
                .type("modal")
                .callbackId(CALLBACK)
                .title(ViewTitle.builder()
                        .type("plain_text")
                        .text("Request access")
                        .build())
                .submit(ViewSubmit.builder().type("plain_text").text("Request").build())
                .close(ViewClose.builder().type("plain_text").text("Cancel").build())
                .blocks(blocks)
                .build();
    }

    /** A choice is told at once, so that {@link #chosen} can show its rules. */
    private static LayoutBlock environments(BlockElement menu) {
        return InputBlock.builder()
                .blockId(ENVIRONMENT)
                .label(Blocks.plain("Environment"))
                .element(menu)
                .dispatchAction(true)
                .build();
    }

    /** The option with this value, if there is one. */
    private static Optional<OptionObject> withValue(List<OptionObject> options, String value) {
        return options.stream()
                .filter(option -> option.getValue().equals(value))
                .findFirst();
    }

    private static LayoutBlock breakGlass(boolean isChosen) {
        OptionObject now = option("Open now, without waiting for approval", "yes");
        return InputBlock.builder()
                .blockId(BREAK_GLASS)
                .optional(true)
                .label(Blocks.plain("Break-glass"))
                .hint(Blocks.plain(
                        "For emergencies: all approvers are notified, and one must approve it retroactively."))
                .element(CheckboxesElement.builder()
                        .actionId(BREAK_GLASS)
                        .options(List.of(now))
                        .initialOptions(isChosen ? List.of(now) : null)
                        .build())
                .build();
    }

    private static LayoutBlock durations(
            LedgerSnapshot snapshot, List<EnvironmentState> states, Optional<GrantDuration> chosen) {
        GrantDuration longest = states.stream()
                .map(state -> rules(snapshot, state).longestDuration())
                .reduce((a, b) -> a.compareTo(b) > 0 ? a : b)
                .orElseThrow();
        List<OptionObject> choices = Stream.of(
                        DURATIONS.stream().map(GrantDuration::parse), Stream.of(longest), chosen.stream())
                .flatMap(all -> all)
                .filter(choice -> choice.compareTo(longest) <= 0)
                .sorted()
                .map(GrantDuration::toString)
                .distinct()
                .map(text -> option(text, text))
                .toList();
        StaticSelectElement choice = StaticSelectElement.builder()
                .actionId(DURATION)
                .placeholder(Blocks.plain("The environment's default"))
                .options(choices)
                .initialOption(chosen.flatMap(length -> withValue(choices, length.toString()))
                        .orElse(null))
                .build();
        return InputBlock.builder()
                .blockId(DURATION)
                .optional(true)
                .label(Blocks.plain("Duration"))
                .hint(Blocks.plain("You can extend it later."))
                .element(choice)
                .build();
    }

    private static LayoutBlock start() {
        return InputBlock.builder()
                .blockId(START)
                .optional(true)
                .label(Blocks.plain("Start"))
                .hint(Blocks.plain("Leave it empty to start now. A request for later waits in a pull request."))
                .element(DatetimePickerElement.builder().actionId(START).build())
                .build();
    }

    private static LayoutBlock reason(LedgerSnapshot snapshot, List<EnvironmentState> states, Optional<String> typed) {
        boolean always = states.stream()
                .allMatch(state -> rules(snapshot, state).reasons().isAnyRequired());
        return InputBlock.builder()
                .blockId(REASON)
                .optional(!always)
                .label(Blocks.plain("Reason"))
                .hint(Blocks.plain("Recorded in git and shown in the channel."))
                .element(PlainTextInputElement.builder()
                        .actionId(REASON)
                        .maxLength(Reason.LONGEST)
                        .placeholder(Blocks.plain("INC-12 slow query on orders"))
                        .initialValue(typed.map(text -> Reason.cut(text).text())
                                .filter(text -> !text.isEmpty())
                                .orElse(null))
                        .build())
                .build();
    }

    /** @throws dev.bastion.access.grant.InvalidValue when Slack sends something that the modal does not offer */
    public static Filled read(ViewState state) {
        return new Filled(
                new EnvironmentName(value(state, ENVIRONMENT).orElse("")),
                value(state, DURATION).map(GrantDuration::parse),
                Optional.ofNullable(state.getValues().get(START))
                        .map(block -> block.get(START))
                        .map(ViewState.Value::getSelectedDateTime)
                        .map(Instant::ofEpochSecond),
                Reason.of(value(state, REASON).orElse("")),
                isBreakGlass(state));
    }

    /**
     * The modal for what a person has filled in so far; empty where they chose no environment.
     *
     * @param shown as Slack sends it, with what was asked before
     */
    public static Optional<RequestDraft> chosen(View shown) {
        ViewState state = shown.getState();
        return value(state, ENVIRONMENT)
                .flatMap(EnvironmentName::parse)
                .map(environment -> new RequestDraft(
                        environment,
                        value(state, DURATION).map(GrantDuration::parse),
                        value(state, REASON).orElse(""),
                        isBreakGlass(state),
                        questions(shown)));
    }

    /** What was asked when the modal opened. */
    private static List<String> questions(View shown) {
        return shown.getBlocks().stream()
                .filter(block -> block instanceof SectionBlock && QUESTIONS.equals(block.getBlockId()))
                .map(block -> ((SectionBlock) block).getText().getText().replace(NOT_YET, ""))
                .toList();
    }

    private static boolean isBreakGlass(ViewState state) {
        return Optional.ofNullable(state.getValues().get(BREAK_GLASS))
                .map(block -> block.get(BREAK_GLASS))
                .map(ViewState.Value::getSelectedOptions)
                .filter(chosen -> !chosen.isEmpty())
                .isPresent();
    }

    /** The field at which the refusal is shown, and its words. */
    public static Map<String, String> error(Decision.Refuse refused, Person reader) {
        String field = switch (refused.check()) {
            case DURATION -> DURATION;
            case START -> START;
            case REASON -> REASON;
            case FILES,
                    OWNERS,
                    UNCHANGED,
                    MAY_REQUEST,
                    HOLDER,
                    BREAK_GLASS,
                    LIMITS,
                    ENVIRONMENT,
                    CONTROL,
                    APPROVALS,
                    PLAN,
                    MERGEABLE,
                    WINDOW -> ENVIRONMENT;
        };
        return Map.of(field, Mrkdwn.plain(ErrorText.of(refused.refusal(), reader)));
    }

    private static Optional<String> value(ViewState state, String field) {
        return Optional.ofNullable(state.getValues().get(field))
                .map(block -> block.get(field))
                .flatMap(input -> Optional.ofNullable(input.getSelectedOption())
                        .map(ViewState.SelectedOption::getValue)
                        .or(() -> Optional.ofNullable(input.getValue())));
    }

    private static OptionObject option(String label, String value) {
        return OptionObject.builder().text(Blocks.plain(label)).value(value).build();
    }

    private static EnvironmentRules rules(LedgerSnapshot snapshot, EnvironmentState state) {
        return snapshot.policy().rulesOf(state.environment());
    }
}
