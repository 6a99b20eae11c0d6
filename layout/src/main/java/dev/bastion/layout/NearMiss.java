package dev.bastion.layout;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.layout.account.Place;
import dev.bastion.layout.account.Region;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a pattern does not name a file that looks like an environment's, and what would make it one. */
final class NearMiss {
    private NearMiss() {}

    /** What is wrong with a path that nearly fits the pattern, for people; empty when it does not nearly fit. */
    static Optional<String> of(String path, PathPattern pattern) {
        String place = "it has the place of an environment file (" + pattern.text() + "), but ";
        Optional<PlaceholderValues> values = pattern.values(path);
        if (values.isEmpty()) {
            return pattern.isNearMissOf(path)
                    ? Optional.of(place + "the letters of its path differ by case or form; rename it")
                    : Optional.empty();
        }
        return Optional.of(place + wrongIn(values.get(), pattern));
    }

    private static String wrongIn(PlaceholderValues values, PathPattern pattern) {
        return values.account()
                .filter(account -> pattern.places().stream()
                        .noneMatch(place -> place.account().value().equals(account)))
                .map(account -> "ledger.yaml has no account " + account + " (it has " + accounts(pattern)
                        + "); add it to accounts")
                .or(() -> values.region()
                        .filter(region -> pattern.places().stream().noneMatch(place -> isAt(place, values, region)))
                        .map(region -> region + " is none of the regions of its account; add it to them"))
                .or(() -> values.slot().flatMap(slot -> wrongSlot(slot, values, pattern)))
                .orElseGet(() -> EnvironmentName.parse(values.name()).isPresent()
                        ? "its path gives no valid name; rename its directory"
                        : "`" + values.name()
                                + "` is no valid name; rename its directory to letters, digits, -, _ and .");
    }

    /** Why the environment of the path has no such slot; empty where the path gives no valid name. */
    private static Optional<String> wrongSlot(String slot, PlaceholderValues values, PathPattern pattern) {
        return pattern.environmentWithSlotsAt(values)
                .map(environment -> pattern.slots().has(environment)
                        ? "`" + slot + "` is none of the " + pattern.slots().of(environment) + " slots of "
                                + environment
                                + " in ledger.yaml; name the directory by its number, or write a higher number in slots"
                        : "slots of ledger.yaml does not name " + environment + "; add `" + environment
                                + ": ` with the number of its slots");
    }

    private static boolean isAt(Place place, PlaceholderValues values, String region) {
        return values.account().map(place.account().value()::equals).orElse(true)
                && place.region().map(Region::value).filter(region::equals).isPresent();
    }

    private static String accounts(PathPattern pattern) {
        String known = pattern.places().stream()
                .map(place -> place.account().value())
                .distinct()
                .collect(Collectors.joining(", "));
        return known.isEmpty() ? "none" : known;
    }

    /** The line for {@code environments} of ledger.yaml that would name a file elsewhere; empty text where none can. */
    static String edit(String path, Layout layout) {
        return layout.environments().stream()
                .flatMap(pattern -> pattern.suffix().stream())
                .filter(path::endsWith)
                .findFirst()
                .map(suffix -> {
                    String directory = path.substring(0, path.length() - suffix.length());
                    String above = Layout.parent(directory);
                    return "; `- path: " + (above.isEmpty() ? "" : above + "/") + NameTemplate.NAME + suffix
                            + "` in environments of ledger.yaml would name it";
                })
                .orElse("");
    }
}
