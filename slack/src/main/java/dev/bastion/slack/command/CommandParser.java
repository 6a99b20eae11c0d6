package dev.bastion.slack.command;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.Reason;
import dev.bastion.slack.grammar.Length;
import dev.bastion.slack.grammar.RequestGrammar;
import dev.bastion.slack.grammar.RequestText;
import dev.bastion.slack.message.RequestDraft;
import dev.bastion.slack.web.Mrkdwn;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parser of what a person typed after {@code /bastion}. Pure; never throws on any text. */
final class CommandParser {
    static final List<String> WORDS = List.of(
            "help", "create", "status", "me", "requests", "extend", "end", "destroy", "connect", "history", "doctor");

    private static final int LONGEST_SHOWN = 60;
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");
    /** Phones and Macs make one long dash of two. */
    private static final Pattern BREAK_GLASS =
            Pattern.compile("(?:--|\u2013|\u2014)break[-_]?glass", Pattern.CASE_INSENSITIVE);

    private static final Pattern SLOT = Pattern.compile("#[1-9][0-9]?");

    private CommandParser() {}

    /** @param sent the text as Slack sends it, {@code &}, {@code <} and {@code >} escaped */
    static Command parse(String sent) {
        String text = trim(Mrkdwn.unescape(sent));
        String word = firstWord(text).toLowerCase(Locale.ROOT);
        // the reason of a request may begin with a number
        String rest = word.equals("create") ? afterFirstWord(text) : slotJoined(afterFirstWord(text));
        return switch (word) {
            case "", "help" -> new Command.Help();
            case "create" -> rest.isEmpty() ? new Command.OpenRequestModal() : create(rest);
            case "status" ->
                rest.isEmpty()
                        ? new Command.Status(Optional.empty())
                        : environment(rest, name -> new Command.Status(Optional.of(name)));
            case "me" -> new Command.Me();
            case "requests" -> new Command.Requests();
            case "extend" -> needing(word, rest, name -> extend(name, afterFirstWord(rest)));
            case "end", "destroy" -> needing(word, rest, Command.Destroy::new);
            case "connect" -> needing(word, rest, Command.Connect::new);
            case "history" -> needing(word, rest, Command.History::new);
            case "doctor" -> needing(word, rest, Command.Doctor::new);
            default -> new Command.UnknownCommand(firstWord(text), CommandSuggestion.to(word));
        };
    }

    private static Command needing(String word, String rest, Function<EnvironmentName, Command> command) {
        return rest.isEmpty() ? new Command.MissingEnvironment(word) : environment(rest, command);
    }

    /** Flags may stand before the environment, too. */
    private static Command create(String rest) {
        String first = firstWord(rest);
        if (BREAK_GLASS.matcher(first).matches()) {
            String more = afterFirstWord(rest);
            return more.isEmpty() ? new Command.OpenRequestModal() : create(more + " " + first);
        }
        return environment(rest, name -> request(name, RequestGrammar.read(afterFirstWord(rest))));
    }

    private static Command request(EnvironmentName name, RequestText text) {
        if (!text.isUnderstood()) {
            Optional<GrantDuration> duration =
                    text.length() instanceof Length.For(GrantDuration length) ? Optional.of(length) : Optional.empty();
            // an empty start is now, which is not what was asked for
            List<String> questions = Stream.concat(
                            text.questions().stream(),
                            text.start().map(_ -> "When should access start? I have not filled it in.").stream())
                    .map(Mrkdwn::escape)
                    .toList();
            return new Command.Ask(new RequestDraft(name, duration, text.reason(), text.breakGlass(), questions));
        }
        Reason reason;
        try {
            reason = Reason.of(text.reason());
        } catch (InvalidValue e) {
            return new Command.InvalidArgument(String.valueOf(e.getMessage()));
        }
        if (text.start().isPresent()) {
            return new Command.CreateAt(name, text.start(), text.length(), reason, text.breakGlass());
        }
        return switch (text.length()) {
            case Length.Default _ -> new Command.Create(name, Optional.empty(), reason, text.breakGlass());
            case Length.For(GrantDuration duration) ->
                new Command.Create(name, Optional.of(duration), reason, text.breakGlass());
            case Length.Until until -> new Command.CreateAt(name, Optional.empty(), until, reason, text.breakGlass());
        };
    }

    private static Command extend(EnvironmentName name, String rest) {
        return rest.isEmpty()
                ? new Command.Extend(name, Optional.empty())
                : RequestGrammar.duration(rest)
                        .<Command>map(by -> new Command.Extend(name, Optional.of(by)))
                        .orElseGet(() -> new Command.InvalidArgument("I read no duration between 1s and 7d in \""
                                + start(rest) + "\", and nothing has changed. Write it like /bastion extend " + name
                                + " 1h"));
    }

    private static Command environment(String rest, Function<EnvironmentName, Command> command) {
        String typed = firstWord(rest);
        EnvironmentName name;
        try {
            name = new EnvironmentName(typed);
        } catch (InvalidValue _) {
            return new Command.InvalidEnvironment(typed);
        }
        return command.apply(name);
    }

    /** {@code dev #2}, as messages show it, is {@code dev#2}. */
    private static String slotJoined(String rest) {
        String after = afterFirstWord(rest);
        return SLOT.matcher(firstWord(after)).matches()
                ? trim(firstWord(rest) + firstWord(after) + " " + afterFirstWord(after))
                : rest;
    }

    private static String start(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
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
