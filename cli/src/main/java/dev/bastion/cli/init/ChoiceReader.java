package dev.bastion.cli.init;

import dev.bastion.access.grant.InvalidValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The reader of a person's choices: each from its flag, else from an answer at the terminal, else from what is proposed. It
 * collects every missing and invalid one.
 */
final class ChoiceReader {
    private final Optional<Prompt> prompt;
    private final List<String> problems = new ArrayList<>();

    /** @param prompt empty when nobody can be asked */
    ChoiceReader(Optional<Prompt> prompt) {
        this.prompt = prompt;
    }

    List<String> problems() {
        return problems;
    }

    /**
     * One choice; the placeholder, which is never used, when it is missing or invalid.
     *
     * @param given the flag's values; empty when the flag is not given
     */
    <T> T one(Choice choice, List<String> given, Optional<String> proposal, Function<String, T> parser, T placeholder) {
        Optional<String> text = given.stream().findFirst();
        if (text.isEmpty() && prompt.isPresent()) {
            return asked(prompt.get(), choice, proposal, parser, placeholder);
        }
        return text.or(() -> proposal)
                .map(value -> parsed(choice, value, parser, placeholder))
                .orElseGet(() -> missing(choice, placeholder));
    }

    /** A list of choices, in an answer separated by commas. */
    <T> List<T> several(Choice choice, List<String> given, Optional<String> proposal, Function<String, T> parser) {
        return one(
                choice,
                given.isEmpty() ? List.of() : List.of(String.join(",", given)),
                proposal,
                text -> split(text).stream().map(parser).toList(),
                List.of());
    }

    private static List<String> split(String text) {
        List<String> parts = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        if (parts.isEmpty()) {
            throw new InvalidValue("answer", text, "at least one, separated by commas");
        }
        return parts;
    }

    private <T> T asked(
            Prompt person, Choice choice, Optional<String> proposal, Function<String, T> parser, T placeholder) {
        while (true) {
            Optional<String> answer = person.ask(choice.question(), proposal);
            if (answer.isEmpty()) {
                return missing(choice, placeholder);
            }
            try {
                return parser.apply(answer.get());
            } catch (InvalidValue e) {
                person.say(e.explanation());
            }
        }
    }

    private <T> T parsed(Choice choice, String text, Function<String, T> parser, T placeholder) {
        try {
            return parser.apply(text);
        } catch (InvalidValue e) {
            problems.add(choice.flag() + ": " + e.explanation());
            return placeholder;
        }
    }

    private <T> T missing(Choice choice, T placeholder) {
        problems.add(choice.flag() + " is missing: " + choice.question());
        return placeholder;
    }

    /** A flag, and the question that asks for the same. */
    record Choice(String flag, String question) {}
}
