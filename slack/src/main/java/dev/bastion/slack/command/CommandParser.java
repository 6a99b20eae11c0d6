package dev.bastion.slack.command;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Reason;
import dev.bastion.slack.web.Mrkdwn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The parser of what a person typed after {@code /bastion}. Pure; never throws on any text. */
final class CommandParser {
    static final List<String> WORDS =
            List.of("help", "create", "status", "extend", "end", "destroy", "connect", "history");

    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");
    /** A word that its writer takes for a duration, whether or not it is one. */
    private static final Pattern LIKE_A_DURATION = Pattern.compile(
            "(?:\\d++(?:[.,]\\d++)?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)?)+",
            Pattern.CASE_INSENSITIVE);

    /** A word by itself, anywhere behind the environment; phones and Macs make one long dash of two. */
    private static final Pattern BREAK_GLASS = Pattern.compile(
            "(?<![^\\s\\p{Z}\\p{Cc}])(?:--|\u2013|\u2014)break[-_]?glass(?![^\\s\\p{Z}\\p{Cc}])",
            Pattern.CASE_INSENSITIVE);

    private CommandParser() {}

    /** @param sent the text as Slack sends it, {@code &}, {@code <} and {@code >} escaped */
    static Command parse(String sent) {
        String text = trim(Mrkdwn.unescape(sent));
        String word = firstWord(text).toLowerCase(Locale.ROOT);
        String rest = afterFirstWord(text);
        return switch (word) {
            case "", "help" -> new Command.Help();
            case "create" -> rest.isEmpty() ? new Command.OpenRequestModal() : create(rest);
            case "status" ->
                rest.isEmpty()
                        ? new Command.Status(Optional.empty())
                        : environment(rest, name -> new Command.Status(Optional.of(name)));
            case "extend" -> needing(word, rest, name -> extend(name, afterFirstWord(rest)));
            case "end", "destroy" -> needing(word, rest, Command.Destroy::new);
            case "connect" -> needing(word, rest, Command.Connect::new);
            case "history" -> needing(word, rest, Command.History::new);
            default -> new Command.UnknownCommand(firstWord(text), CommandSuggestion.to(word));
        };
    }

    private static Command needing(String word, String rest, Function<EnvironmentName, Command> command) {
        return rest.isEmpty() ? new Command.MissingEnvironment(word) : environment(rest, command);
    }

    private static Command create(String rest) {
        return environment(rest, name -> {
            String typed = afterFirstWord(rest);
            String more = trim(BREAK_GLASS.matcher(typed).replaceAll(" "));
            boolean breakGlass = BREAK_GLASS.matcher(typed).find();
            String first = firstWord(more);
            return looksLikeADuration(first)
                    ? withDuration(
                            first,
                            duration -> withReason(name, Optional.of(duration), afterFirstWord(more), breakGlass))
                    : withReason(name, Optional.empty(), more, breakGlass);
        });
    }

    private static boolean looksLikeADuration(String word) {
        return word.length() <= 16 && LIKE_A_DURATION.matcher(word).matches();
    }

    private static Command extend(EnvironmentName name, String rest) {
        return rest.isEmpty()
                ? new Command.Extend(name, Optional.empty())
                : withDuration(rest, by -> new Command.Extend(name, Optional.of(by)));
    }

    private static Command environment(String rest, Function<EnvironmentName, Command> command) {
        String typed = firstWord(rest);
        EnvironmentName name;
        try {
            name = new EnvironmentName(typed.toLowerCase(Locale.ROOT));
        } catch (InvalidValue _) {
            return new Command.InvalidEnvironment(typed);
        }
        return command.apply(name);
    }

    private static Command withDuration(String typed, Function<GrantDuration, Command> command) {
        GrantDuration duration;
        try {
            duration = GrantDuration.parse(typed);
        } catch (InvalidValue e) {
            return new Command.InvalidArgument(String.valueOf(e.getMessage()));
        }
        return command.apply(duration);
    }

    private static Command withReason(
            EnvironmentName name, Optional<GrantDuration> duration, String typed, boolean breakGlass) {
        try {
            return new Command.Create(name, duration, Reason.of(typed), breakGlass);
        } catch (InvalidValue e) {
            return new Command.InvalidArgument(String.valueOf(e.getMessage()));
        }
    }

    private static String firstWord(String text) {
        return SPACE.split(text, 2)[0];
    }

    private static String afterFirstWord(String text) {
        String[] parts = SPACE.split(text, 2);
        return parts.length < 2 ? "" : trim(parts[1]);
    }

    /** In linear time, which a regular expression does not take on long runs of spaces. */
    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** As {@link #SPACE}. */
    private static boolean isSpace(char character) {
        return Character.isSpaceChar(character) || Character.isISOControl(character);
    }
}
