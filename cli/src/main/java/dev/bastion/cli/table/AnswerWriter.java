package dev.bastion.cli.table;

/** The writer of an answer, row by row. */
public interface AnswerWriter<T> {
    void row(T row);

    /** Ends the answer. */
    void end();
}
