package dev.bastion.slack.message;

import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ExternalSelectElement;
import com.slack.api.model.block.element.StaticSelectElement;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.EnvironmentState;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.slot.EnvironmentSlots;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.slack.web.Blocks;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The menu of the environments that a person may request. Slack's menus hold a hundred options
 * (https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element); where there are more, Slack asks for
 * those that match what the person types.
 */
public final class EnvironmentSelect {
    private static final int MOST_OPTIONS = 100;

    /** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
    private static final int LONGEST_DESCRIPTION = 75;

    private EnvironmentSelect() {}

    /** What the person may request, by name; of an environment with slots the one that a request would take. */
    static List<EnvironmentState> requestable(LedgerSnapshot snapshot, Person person) {
        return snapshot.environments().stream()
                .map(EnvironmentName::withoutSlot)
                .distinct()
                .filter(environment -> snapshot.policy().mayRequest(person, environment))
                .flatMap(environment -> EnvironmentSlots.of(snapshot, environment).bestState().stream())
                .toList();
    }

    static BlockElement of(LedgerSnapshot snapshot, List<EnvironmentState> states, Optional<EnvironmentName> chosen) {
        Optional<OptionObject> initial = states.stream()
                .filter(state ->
                        chosen.filter(state.environment()::sharesSlotsWith).isPresent())
                .findFirst()
                .map(state -> option(state, snapshot));
        return states.size() > MOST_OPTIONS
                ? ExternalSelectElement.builder()
                        .actionId(RequestModal.ENVIRONMENT)
                        .placeholder(Blocks.plain("Search " + states.size() + " environments"))
                        .minQueryLength(0)
                        .initialOption(initial.orElse(null))
                        .build()
                : StaticSelectElement.builder()
                        .actionId(RequestModal.ENVIRONMENT)
                        .placeholder(Blocks.plain("Choose an environment"))
                        .options(states.stream()
                                .map(state -> option(state, snapshot))
                                .toList())
                        .initialOption(initial.orElse(null))
                        .build();
    }

    /** The options that match what the person typed: those that begin with it first, at most a hundred. */
    public static List<OptionObject> suggestions(LedgerSnapshot snapshot, Person person, String typed) {
        String wanted = typed.strip().toLowerCase(Locale.ROOT);
        return requestable(snapshot, person).stream()
                .filter(state -> namesOf(state, snapshot).anyMatch(name -> name.contains(wanted)))
                .sorted(Comparator.comparing(
                        state -> namesOf(state, snapshot).noneMatch(name -> name.startsWith(wanted))))
                .limit(MOST_OPTIONS)
                .map(state -> option(state, snapshot))
                .toList();
    }

    /** Its name and aliases in lower case. */
    private static Stream<String> namesOf(EnvironmentState state, LedgerSnapshot snapshot) {
        EnvironmentName environment = state.environment().withoutSlot();
        return Stream.concat(Stream.of(environment), snapshot.aliases().of(environment).stream())
                .map(name -> name.value().toLowerCase(Locale.ROOT));
    }

    private static OptionObject option(EnvironmentState state, LedgerSnapshot snapshot) {
        String name = state.environment().withoutSlot().value();
        return OptionObject.builder()
                .text(Blocks.plain(name))
                .value(name)
                .description(note(state, snapshot).map(Blocks::plain).orElse(null))
                .build();
    }

    /** A note beside the environment's name; empty where it is closed and needs no approval. */
    private static Optional<String> note(EnvironmentState state, LedgerSnapshot snapshot) {
        return switch (state) {
            case EnvironmentState.Open(Grant grant) ->
                Optional.of(cut("open for " + grant.holder().name()));
            case EnvironmentState.Unclear _ -> Optional.of("its file must be corrected");
            case EnvironmentState.Closed _ ->
                Optional.of(snapshot.policy().rulesOf(state.environment()))
                        .filter(rules -> rules.approvals() > 0)
                        .map(rules -> needs(rules, snapshot.policy().people()));
        };
    }

    private static String needs(EnvironmentRules rules, PeopleDirectory people) {
        List<String> names = Stream.concat(
                        people.membersOf(rules.approvers()).stream().map(Person::name),
                        rules.approvers().audiences().stream().map(ExternalAudience::value))
                .toList();
        String who = names.isEmpty() ? "" : " by " + String.join(", ", names);
        return cut(
                rules.approvals() == 1
                        ? "requires approval" + who
                        : "requires " + rules.approvals() + " approvals" + who);
    }

    private static String cut(String text) {
        return text.length() > LONGEST_DESCRIPTION ? text.substring(0, LONGEST_DESCRIPTION - 1) + "…" : text;
    }
}
