package dev.bastion.slack.grammar;

import java.util.List;
import java.util.Optional;

/**
 * What a person wrote behind the environment.
 *
 * @param start when access should start; empty for at once
 * @param reason the rest, as it was typed
 * @param questions about each part that was not understood, as sentences; empty when all was. Nothing may be requested while
 *     there is one
 */
public record RequestText(
        Optional<Start> start, Length length, String reason, boolean breakGlass, List<String> questions) {
    public RequestText {
        questions = List.copyOf(questions);
    }

    public boolean isUnderstood() {
        return questions.isEmpty();
    }
}
