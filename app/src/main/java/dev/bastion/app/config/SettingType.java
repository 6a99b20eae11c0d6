package dev.bastion.app.config;

import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.app.config.yaml.NonString;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The type of a setting.
 *
 * @param rule the valid values, for people
 * @param example a valid value
 * @param parse parses the text, or throws {@link IllegalArgumentException}
 * @param written what it may be to YAML
 */
record SettingType<T>(String rule, String example, Function<String, T> parse, Written written) {
    /** What a value may be to YAML. */
    enum Written {
        /** Anything: the text of it counts. */
        ANYTHING,
        /** A string: a login like {@code 1e5} is a number to YAML, and another one to each reader. */
        STRING,
        /** A string, or a number in its usual form. */
        STRING_OR_WHOLE_NUMBER;

        boolean allows(NonString value) {
            return switch (this) {
                case ANYTHING -> true;
                case STRING -> false;
                case STRING_OR_WHOLE_NUMBER -> value.isWholeNumber();
            };
        }
    }

    SettingType(String rule, String example, Function<String, T> parse) {
        this(rule, example, parse, Written.ANYTHING);
    }

    static final SettingType<String> TEXT = new SettingType<>("some text", "text", SettingType::notBlank);
    static final SettingType<String> FILE =
            new SettingType<>("the path of a file that can be read", "/run/secrets/ledger_key", SettingType::readable);
    static final SettingType<Secret> SECRET =
            new SettingType<>("a secret of one line", "…", text -> new Secret(oneLine(text)));
    /** Like a private key. */
    static final SettingType<Secret> SECRET_TEXT = new SettingType<>(
            "a secret, the whole text of its file", "…", text -> new Secret(notBlank(SecretFile.withoutLineEnd(text))));

    static final SettingType<Boolean> FLAG = new SettingType<>("true or false", "true", SettingType::flag);
    static final SettingType<GrantDuration> GRANT_DURATION =
            new SettingType<>("a duration of at most seven days", "2h", GrantDuration::parse);
    static final SettingType<Duration> DURATION = new SettingType<>(
            "a duration of at most seven days",
            "15m",
            text -> GrantDuration.parse(text).length());
    static final SettingType<Duration> DURATION_OR_NONE = new SettingType<>(
            "a duration of at most seven days, or 0 for none",
            "15m",
            text -> text.matches("0[smhd]?")
                    ? Duration.ZERO
                    : GrantDuration.parse(text).length());

    /** The address of a web API, and where its credential belongs instead. */
    static SettingType<URI> url(String instead) {
        return new SettingType<>("an https address", "https://example.com/", text -> ServiceAddress.web(text, instead));
    }

    /** The same, as a string to YAML. */
    SettingType<T> asString() {
        return new SettingType<>(rule, example, parse, Written.STRING);
    }

    /** The same, as a string or a number in its usual form to YAML. */
    SettingType<T> asStringOrNumber() {
        return new SettingType<>(rule, example, parse, Written.STRING_OR_WHOLE_NUMBER);
    }

    static SettingType<Integer> number(int least, int most) {
        return new SettingType<>("a whole number from " + least + " to " + most, Integer.toString(least), text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new InvalidValue("number", text, "one from " + least + " to " + most);
            }
            return number;
        });
    }

    static SettingType<String> matching(String pattern, String rule, String example) {
        return new SettingType<>(rule, example, text -> {
            if (!text.matches(pattern)) {
                throw new InvalidValue("value", text, rule);
            }
            return text;
        });
    }

    /** One of these constants, in lower case with hyphens. */
    static <E extends Enum<E>> SettingType<E> oneOf(List<E> constants) {
        List<String> words = constants.stream().map(SettingType::word).toList();
        return new SettingType<>(String.join(" or ", words), words.getFirst(), text -> {
            int index = words.indexOf(text);
            if (index < 0) {
                throw new InvalidValue("choice", text, String.join(" or ", words));
            }
            return constants.get(index);
        });
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String notBlank(String text) {
        if (text.isBlank()) {
            throw new InvalidValue("text", "", "some text");
        }
        return text;
    }

    private static String readable(String text) {
        if (!Files.isRegularFile(Path.of(text)) || !Files.isReadable(Path.of(text))) {
            throw new InvalidValue("file", text, "the path of one that can be read");
        }
        return text;
    }

    private static Boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValue("flag", text, "true or false");
        };
    }

    private static String oneLine(String text) {
        String line = notBlank(SecretFile.withoutLineEnd(text));
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw new UnusableSetting("has several lines or control characters, but this secret is one line of text");
        }
        return line;
    }
}
