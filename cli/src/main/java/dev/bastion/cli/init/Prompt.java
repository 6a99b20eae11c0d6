package dev.bastion.cli.init;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A person at a terminal who answers questions. */
public final class Prompt {
    private final BufferedReader answers;
    private final PrintWriter questions;

    /** @param answers one line for each question */
    Prompt(BufferedReader answers, PrintWriter questions) {
        this.answers = answers;
        this.questions = questions;
    }

    /** The process's own terminal; empty where its input or output is none. */
    public static Optional<Prompt> ofTerminal() {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> new Prompt(new BufferedReader(console.reader()), console.writer()));
    }

    /**
     * The answer to a question.
     *
     * @return the proposal where the person only presses Enter; empty at the end of the input
     */
    Optional<String> ask(String question, Optional<String> proposal) {
        questions.print(question + proposal.map(text -> " [" + text + "]").orElse("") + ": ");
        questions.flush();
        try {
            return Optional.ofNullable(answers.readLine())
                    .map(String::strip)
                    .map(answer -> answer.isEmpty() ? proposal.orElse("") : answer);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the answer", e);
        }
    }

    /** Tells the person what is wrong with an answer. */
    void say(String sentence) {
        questions.println(sentence);
    }
}
