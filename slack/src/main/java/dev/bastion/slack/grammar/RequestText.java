package dev.bastion.slack.grammar;

import java.util.List;

/**
 * What a person wrote behind the environment.
 *
 * @param reason the rest, as it was typed
 * @param questions about each part that was not understood, as sentences; empty when all was. Nothing may be requested while
 *     there is one
 */
public record RequestText(Length length, String reason, boolean breakGlass, List<String> questions) {
    public RequestText {
        questions = List.copyOf(questions);
    }

    public boolean isUnderstood() {
        return questions.isEmpty();
    }
}
