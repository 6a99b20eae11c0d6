package dev.bastion.slack.message;

import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.OptionObject;
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
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.policy.Decision;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.PeopleDirectory;
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
    static final String ENVIRONMENT = "environment";
    static final String DURATION = "duration";
    static final String START = "start";
    static final String REASON = "reason";
    static final String BREAK_GLASS = "break_glass";

    /** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
    private static final int MOST_OPTIONS = 100;

    /** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
    private static final int LONGEST_DESCRIPTION = 75;

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
        List<EnvironmentState> open = snapshot.states().values().stream()
                .filter(state -> snapshot.policy().mayRequest(person, state.environment()))
                .limit(MOST_OPTIONS)
                .toList();
        return open.isEmpty() ? Optional.empty() : Optional.of(view(blocks(snapshot, person, open, draft)));
    }

    private static List<LayoutBlock> blocks(
            LedgerSnapshot snapshot, Person person, List<EnvironmentState> states, Optional<RequestDraft> draft) {
        List<LayoutBlock> blocks = new ArrayList<>();
        draft.map(RequestDraft::questions)
                .filter(questions -> !questions.isEmpty())
                .ifPresent(questions -> blocks.add(Blocks.section(
                        String.join("\n", questions) + "\nNothing is requested until you press *Request*.")));
        blocks.add(environments(snapshot, states, draft.map(RequestDraft::environment)));
        blocks.add(durations(snapshot, states, draft.flatMap(RequestDraft::duration)));
        blocks.add(start());
        blocks.add(reason(snapshot, states, draft.map(RequestDraft::reason)));
        boolean mayBreakGlass = states.stream()
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

    private static LayoutBlock environments(
            LedgerSnapshot snapshot, List<EnvironmentState> states, Optional<EnvironmentName> chosen) {
        List<OptionObject> options =
                states.stream().map(state -> environment(state, snapshot)).toList();
        StaticSelectElement choice = StaticSelectElement.builder()
                .actionId(ENVIRONMENT)
                .placeholder(Blocks.plain("Choose an environment"))
                .options(options)
                .initialOption(
                        chosen.flatMap(name -> withValue(options, name.value())).orElse(null))
                .build();
        return InputBlock.builder()
                .blockId(ENVIRONMENT)
                .label(Blocks.plain("Environment"))
                .element(choice)
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
        boolean always =
                states.stream().allMatch(state -> rules(snapshot, state).reasons().isAnyRequired());
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
                Optional.ofNullable(state.getValues().get(BREAK_GLASS))
                        .map(block -> block.get(BREAK_GLASS))
                        .map(ViewState.Value::getSelectedOptions)
                        .filter(chosen -> !chosen.isEmpty())
                        .isPresent());
    }

    /** The field at which the refusal is shown, and its words. */
    public static Map<String, String> error(Decision.Refuse refused) {
        String field = switch (refused.check()) {
            case DURATION -> DURATION;
            case START -> START;
            case REASON -> REASON;
            case FILES, OWNERS, UNCHANGED, MAY_REQUEST, HOLDER, BREAK_GLASS, LIMITS, ENVIRONMENT, CONTROL, APPROVALS, PLAN,
                    MERGEABLE, WINDOW -> ENVIRONMENT;
        };
        return Map.of(field, Mrkdwn.plain(ErrorText.of(refused.refusal())));
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

    private static OptionObject environment(EnvironmentState state, LedgerSnapshot snapshot) {
        OptionObject option =
                option(state.environment().value(), state.environment().value());
        return state(state, snapshot)
                .map(description -> {
                    option.setDescription(Blocks.plain(description));
                    return option;
                })
                .orElse(option);
    }

    /** A note beside the environment's name; empty where it is closed and needs no approval. */
    private static Optional<String> state(EnvironmentState state, LedgerSnapshot snapshot) {
        return switch (state) {
            case EnvironmentState.Open(Grant grant) ->
                Optional.of(cut("open for " + grant.holder().name()));
            case EnvironmentState.Unclear _ -> Optional.of("its file cannot be read");
            case EnvironmentState.Closed _ ->
                Optional.of(rules(snapshot, state))
                        .filter(rules -> rules.approvals() > 0)
                        .map(rules -> needs(rules, snapshot.policy().people()));
        };
    }

    private static String needs(EnvironmentRules rules, PeopleDirectory people) {
        List<String> names =
                people.membersOf(rules.approvers()).stream().map(Person::name).toList();
        String who = names.isEmpty() ? "" : " by " + String.join(", ", names);
        return cut(
                rules.approvals() == 1
                        ? "requires approval" + who
                        : "requires " + rules.approvals() + " approvals" + who);
    }

    private static String cut(String text) {
        return text.length() > LONGEST_DESCRIPTION ? text.substring(0, LONGEST_DESCRIPTION - 1) + "…" : text;
    }

    private static EnvironmentRules rules(LedgerSnapshot snapshot, EnvironmentState state) {
        return snapshot.policy().rulesOf(state.environment());
    }
}
