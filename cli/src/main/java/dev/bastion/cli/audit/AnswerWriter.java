package dev.bastion.cli.audit;

/** The writer of an answer, row by row. */
interface AnswerWriter<T> {
    void row(T row);

    /** Ends the answer. */
    void end();
}
