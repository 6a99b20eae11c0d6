package dev.bastion.cli.init;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.layout.Layout;
import dev.bastion.layout.PathPattern;
import dev.bastion.layout.slot.SlotCounts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An environment with slots.
 *
 * @param count from 1 to {@link SlotCounts#MOST}
 */
record SlotChoice(EnvironmentName environment, int count) {
    static final String FORM = "NAME=COUNT";

    private static final Pattern TEXT = Pattern.compile("(.+)=([0-9]{1,2})");
    private static final String NAME = "{name}";
    private static final String BELOW_THE_NAME = NAME + "/slots/{slot}";
    private static final Pattern NUMBERED = Pattern.compile("(.*[A-Za-z0-9])([-_./]?)([1-9][0-9]?)");

    /**
     * The choice that a text is, like {@code dev=3}.
     *
     * @throws InvalidValue when it is none
     */
    static SlotChoice parse(String text) {
        Matcher parts = TEXT.matcher(text.strip());
        int count = parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
        if (count < 1 || count > SlotCounts.MOST) {
            throw new InvalidValue("slots", text, FORM + " with at most " + SlotCounts.MOST + ", like dev=3");
        }
        return EnvironmentName.parse(parts.group(1))
                .filter(environment -> !environment.namesSlot())
                .map(environment -> new SlotChoice(environment, count))
                .orElseThrow(() -> new InvalidValue("slots", text, FORM + " with an environment's name, like dev=3"));
    }

    static SlotCounts counts(List<SlotChoice> slots) {
        TreeMap<EnvironmentName, Integer> counts = new TreeMap<>();
        slots.forEach(slot -> counts.put(slot.environment.folded(), slot.count));
        return new SlotCounts(counts);
    }

    /** Every slot, with the name spelt as the environment that is there. */
    List<EnvironmentName> names(Collection<EnvironmentName> there) {
        EnvironmentName spelt = there.stream()
                .map(EnvironmentName::withoutSlot)
                .filter(environment::isTyped)
                .findFirst()
                .orElse(environment);
        return counts(List.of(this)).slotsOf(spelt);
    }

    /**
     * The patterns of a layout in which the environments have these slots. Where no pattern has the place of a slot, one is added
     * below the pattern of the environment's own file, or below the first.
     *
     * @param files the environment files that are there
     */
    static List<PathPattern> patterns(List<PathPattern> patterns, List<SlotChoice> slots, List<String> files) {
        SlotCounts counts = counts(slots);
        List<PathPattern> all = new ArrayList<>(
                patterns.stream().map(pattern -> pattern.with(counts)).toList());
        if (patterns.stream().noneMatch(PathPattern::hasSlots)) {
            slots.stream()
                    .map(slot -> patterns.stream()
                            .filter(pattern -> slot.hasFile(pattern, files))
                            .findFirst()
                            .orElseGet(patterns::getFirst))
                    .distinct()
                    .forEach(pattern -> all.add(new PathPattern(
                            pattern.text().replace(NAME, BELOW_THE_NAME),
                            pattern.name(),
                            pattern.places(),
                            pattern.values(),
                            counts)));
        }
        return all;
    }

    private boolean hasFile(PathPattern pattern, List<String> files) {
        Layout layout = new Layout(GeneratedFiles.CONFIGURATION, List.of(pattern), List.of(), List.of());
        return files.stream()
                .flatMap(file -> layout.environmentAt(file).stream())
                .anyMatch(environment::isTyped);
    }

    /** What may be slots by their names, like dev-1 and dev-2: each group as a list for people. */
    static List<String> lookalikes(Collection<EnvironmentName> environments) {
        TreeMap<String, TreeSet<Integer>> numbers = new TreeMap<>();
        Stream<Matcher> numbered = environments.stream()
                .filter(environment -> !environment.namesSlot())
                .map(environment -> NUMBERED.matcher(environment.value()))
                .filter(Matcher::matches);
        numbered.forEach(name -> numbers.computeIfAbsent(name.group(1) + name.group(2), _ -> new TreeSet<>())
                .add(Integer.parseInt(name.group(3))));
        return numbers.entrySet().stream()
                .filter(group -> group.getValue().size() > 1)
                .map(group -> group.getValue().stream()
                        .map(number -> group.getKey() + number)
                        .collect(Collectors.joining(", ")))
                .toList();
    }
}
