package dev.bastion.layout;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.account.Place;
import dev.bastion.layout.account.Region;
import dev.bastion.layout.file.AuditPaths;
import dev.bastion.layout.slot.SlotCounts;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The path of environment files, like {@code live/{account}/{region}/{name}/bastion/terragrunt.hcl}. {@code {name}} stands for
 * one or more whole path parts, {@code {account}}, {@code {region}} and {@code {slot}} for one each. A pattern with {@code {slot}}
 * names the slots of the environments that have some, and nothing else; a slot's part is its number.
 *
 * @param name what the environments are called
 * @param places the accounts and regions that a path may have
 * @param values where a file has the five audit values
 * @param slots how many slots the environments have
 */
public record PathPattern(String text, NameTemplate name, List<Place> places, AuditPaths values, SlotCounts slots) {
    /** What a pattern says of an environment file: whose it is, and in which account and region its bastion is. */
    record Match(EnvironmentName environment, Place place) {}

    private static final Set<String> PLACEHOLDERS =
            Set.of(NameTemplate.NAME, NameTemplate.ACCOUNT, NameTemplate.REGION, NameTemplate.SLOT);

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    public PathPattern {
        places = List.copyOf(places);
        if (!isValid(text)) {
            throw new InvalidValue(
                    "path",
                    text,
                    "a path from the repository's root with {name} as whole path parts, and {account}, {region} and"
                            + " {slot} as one part each, like environments/{name}/bastion/terragrunt.hcl");
        }
    }

    /** A pattern whose environments have the name and the place that the path says. */
    public PathPattern(String text) {
        this(text, NameTemplate.PLAIN, AwsAccounts.NONE);
    }

    /** A pattern of environments without slots, whose files have the values in the usual place. */
    public PathPattern(String text, NameTemplate name, AwsAccounts accounts) {
        this(text, name, accounts, AuditPaths.usualOf(text));
    }

    /** A pattern of environments without slots. */
    public PathPattern(String text, NameTemplate name, AwsAccounts accounts, AuditPaths values) {
        this(
                text,
                name,
                accounts.places(text.contains(NameTemplate.ACCOUNT), text.contains(NameTemplate.REGION)),
                values,
                SlotCounts.NONE);
    }

    /** The same pattern where environments have so many slots. */
    public PathPattern with(SlotCounts counts) {
        return new PathPattern(text, name, places, values, counts);
    }

    /** Whether its files are those of slots. */
    public boolean hasSlots() {
        return text.contains(NameTemplate.SLOT);
    }

    /** Why an environment of this pattern could have no place, and what to write; empty when each can have one. */
    public Optional<String> placeProblem(AwsAccounts accounts) {
        return accounts.problemWith(text.contains(NameTemplate.ACCOUNT), text.contains(NameTemplate.REGION));
    }

    private static boolean isValid(String text) {
        List<String> parts = parts(text);
        int named = parts.indexOf(NameTemplate.NAME);
        boolean isWhole = parts.stream()
                .allMatch(part -> PLACEHOLDERS.contains(part)
                        || !(part.isEmpty() || part.contains("{") || part.equals(".") || part.equals("..")));
        boolean isOnce = PLACEHOLDERS.stream().allMatch(one -> Collections.frequency(parts, one) <= 1);
        return named >= 0 && isWhole && isOnce && !PLACEHOLDERS.contains(parts.getLast());
    }

    /** The environment and the place of the file with this path; empty when the pattern names none there. */
    Optional<Match> match(String path) {
        return values(path, text)
                .flatMap(values -> placeOf(values)
                        .flatMap(place -> name.environment(values.name(), place)
                                .flatMap(environment -> slotOf(environment, values))
                                .map(environment -> new Match(environment, place))));
    }

    /** The environment, or its slot; empty where the pattern is one of slots and the environment has none with this number. */
    private Optional<EnvironmentName> slotOf(EnvironmentName environment, PlaceholderValues values) {
        return hasSlots()
                ? slots.slotsOf(environment).stream()
                        .filter(slot -> values.slot()
                                .filter(Integer.toString(slot.slot())::equals)
                                .isPresent())
                        .findFirst()
                : Optional.of(environment);
    }

    /** Whether the path is that of a slot of an environment that has slots, also of one too many. */
    boolean isPlaceOfSlot(String path) {
        return values(path, text)
                .filter(values ->
                        values.slot().filter(NUMBER.asMatchPredicate()).isPresent())
                .flatMap(this::environmentWithSlotsAt)
                .filter(slots::has)
                .isPresent();
    }

    /** The environment whose slot could be there, without its number. */
    Optional<EnvironmentName> environmentWithSlotsAt(PlaceholderValues values) {
        return placeOf(values).flatMap(place -> name.environment(values.name(), place));
    }

    /** The environment whose file has this path; empty when the pattern names none there. */
    Optional<EnvironmentName> environmentAt(String path) {
        return match(path).map(Match::environment);
    }

    /** Whether it can be the path of a slot of the environment, whatever the number. */
    public boolean canName(EnvironmentName slot) {
        return hasSlots()
                && places.stream()
                        .anyMatch(
                                place -> name.nameOf(slot.withoutSlot(), place).isPresent());
    }

    /** The paths that the environment's file may have, one for each place. */
    List<String> filesOf(EnvironmentName environment) {
        boolean isOurs = hasSlots() ? environment.slot() <= slots.of(environment) : !environment.namesSlot();
        if (!isOurs) {
            return List.of();
        }
        String slot = Integer.toString(environment.slot());
        return places.stream()
                .flatMap(place -> name.nameOf(environment.withoutSlot(), place).stream()
                        .map(part -> at(place).replace(NameTemplate.SLOT, slot).replace(NameTemplate.NAME, part)))
                .toList();
    }

    /** What the placeholders stand for, where the path would fit but for its name, its account or its region. */
    Optional<PlaceholderValues> values(String path) {
        return values(path, text);
    }

    /** Whether the path would fit but for its case, its Unicode form, the spelling of the name, or its place. */
    boolean isNearMissOf(String path) {
        return values(folded(path), folded(text)).isPresent();
    }

    /** The part after the name, like {@code /bastion/terragrunt.hcl}, where it has no placeholder. */
    Optional<String> suffix() {
        return Optional.of(text.substring(text.indexOf(NameTemplate.NAME) + NameTemplate.NAME.length()))
                .filter(end -> !end.contains("{"));
    }

    /** The directory in which all its files lie; empty for the repository's root. */
    String directory() {
        return Layout.parent(text.substring(0, text.indexOf('{')));
    }

    /** The directory of all environments of the place that the path has: its parts before the name. */
    String directoryOf(String path) {
        int named = parts(text).indexOf(NameTemplate.NAME);
        return String.join("/", parts(path).subList(0, named));
    }

    /** The last part, like {@code terragrunt.hcl}. */
    String fileName() {
        return parts(text).getLast();
    }

    private String at(Place place) {
        return text.replace(NameTemplate.ACCOUNT, place.account().value())
                .replace(NameTemplate.REGION, place.region().map(Region::value).orElse(NameTemplate.REGION));
    }

    private Optional<Place> placeOf(PlaceholderValues values) {
        return places.stream()
                .filter(place ->
                        values.account().map(place.account().value()::equals).orElse(true))
                .filter(place -> values.region()
                        .equals(values.region().flatMap(_ -> place.region().map(Region::value))))
                .findFirst();
    }

    /** What the placeholders stand for in a path; empty when its other parts differ. */
    private static Optional<PlaceholderValues> values(String path, String pattern) {
        return PlaceholderValues.of(parts(path), parts(pattern));
    }

    private static List<String> parts(String path) {
        return Arrays.asList(path.split("/", -1));
    }

    /** The text as a case-insensitive, normalising file system compares it. */
    static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
