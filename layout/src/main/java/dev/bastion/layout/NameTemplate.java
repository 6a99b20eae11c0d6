package dev.bastion.layout;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.layout.account.Place;
import dev.bastion.layout.account.Region;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name of a pattern's environments, like <code>{account}-{name}</code>: text, {@code {name}} once, and {@code {account}}
 * and {@code {region}} where the pattern's path has them.
 */
public record NameTemplate(String text) {
    static final String NAME = "{name}";
    static final String ACCOUNT = "{account}";
    static final String REGION = "{region}";
    /** Of a path alone: the name has the slot's number behind it. */
    static final String SLOT = "{slot}";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(?:name|account|region)}");

    /** The name as the path has it. */
    public static final NameTemplate PLAIN = new NameTemplate(NAME);

    public NameTemplate {
        boolean isOnce = text.contains(NAME) && text.indexOf(NAME) == text.lastIndexOf(NAME);
        String sample = PLACEHOLDER.matcher(text).replaceAll("x");
        if (!isOnce || withoutSlot(sample).isEmpty()) {
            throw new InvalidValue(
                    "name", text, "{name} once, with {account}, {region} and text around it, like {account}-{name}");
        }
    }

    /** The placeholders in it besides {@code {name}}. */
    public List<String> placeholders() {
        return Stream.of(ACCOUNT, REGION).filter(text::contains).toList();
    }

    /** The environment of a path with this {@code {name}}; empty where that gives no valid name. */
    Optional<EnvironmentName> environment(String name, Place place) {
        return withoutSlot(at(place).replace(NAME, name));
    }

    /** The number of a slot stands in {@code {slot}} alone. */
    private static Optional<EnvironmentName> withoutSlot(String name) {
        return EnvironmentName.parse(name).filter(parsed -> !parsed.namesSlot());
    }

    /** The {@code {name}} in the path of an environment; empty where none gives its name. */
    Optional<String> nameOf(EnvironmentName environment, Place place) {
        String here = at(place);
        String before = here.substring(0, here.indexOf(NAME));
        String after = here.substring(here.indexOf(NAME) + NAME.length());
        String value = environment.value();
        return value.startsWith(before) && value.endsWith(after) && value.length() > before.length() + after.length()
                ? Optional.of(value.substring(before.length(), value.length() - after.length()))
                : Optional.empty();
    }

    private String at(Place place) {
        return text.replace(ACCOUNT, place.account().value())
                .replace(REGION, place.region().map(Region::value).orElse(REGION));
    }
}
