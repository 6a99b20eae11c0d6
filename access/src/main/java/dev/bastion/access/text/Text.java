package dev.bastion.access.text;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words for people, as parts: what is a name, a time or code is known here, and how it looks is up to a {@link Markup}. */
public record Text(List<Part> parts) {
    /** The limit, in characters, of user text. */
    private static final int LONGEST_QUOTE = 500;

    public static final Text NONE = new Text(List.of());

    public Text {
        parts = List.copyOf(parts);
    }

    public sealed interface Part {
        /** Words of ours. */
        record Plain(String words) implements Part {}

        /** What a person is called or wrote: anyone's text. */
        record Name(String name) implements Part {}

        record Environment(EnvironmentName environment) implements Part {}

        /** A command, a key or an id. */
        record Code(String code) implements Part {}

        record Time(Instant instant) implements Part {}

        record Link(URI address, String label) implements Part {}

        /** What another program or a file says, one line, cut. */
        record Quote(String words) implements Part {}
    }

    /** Strings are plain words; names, times and parts are what they are. */
    public static Text of(Object... parts) {
        List<Part> all = new ArrayList<>();
        for (Object part : parts) {
            switch (part) {
                case Part ready -> all.add(ready);
                case Text text -> all.addAll(text.parts);
                case EnvironmentName environment -> all.add(new Part.Environment(environment));
                case Person person -> all.add(new Part.Name(person.name()));
                case Instant instant -> all.add(new Part.Time(instant));
                default -> all.add(new Part.Plain(part.toString()));
            }
        }
        return new Text(all);
    }

    public static Part code(String code) {
        return new Part.Code(code);
    }

    public static Part name(String name) {
        return new Part.Name(name);
    }

    public static Part quote(String words) {
        String line = words.strip().replaceAll("\\s+", " ");
        boolean fits = line.codePointCount(0, line.length()) <= LONGEST_QUOTE;
        return new Part.Quote(fits ? line : line.substring(0, line.offsetByCodePoints(0, LONGEST_QUOTE - 1)) + "…");
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** This, then the other, as sentences. */
    public Text then(Text other) {
        return other.isEmpty()
                ? this
                : new Text(Stream.concat(
                                Stream.concat(parts.stream(), Stream.of(new Part.Plain(" "))), other.parts.stream())
                        .toList());
    }

    public String in(Markup markup) {
        return parts.stream().map(part -> render(part, markup)).collect(Collectors.joining());
    }

    private static String render(Part part, Markup markup) {
        return switch (part) {
            case Part.Plain(String words) -> words;
            case Part.Name(String name) -> markup.name(name);
            case Part.Environment(EnvironmentName environment) -> markup.environment(environment);
            case Part.Code(String code) -> markup.code(code);
            case Part.Time(Instant instant) -> markup.time(instant);
            case Part.Link(URI address, String label) -> markup.link(address, label);
            case Part.Quote(String words) -> markup.quote(words);
        };
    }
}
