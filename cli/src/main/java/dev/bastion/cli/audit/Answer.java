package dev.bastion.cli.audit;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** The giving of an answer, with its exit code. */
final class Answer {
    /** A question, which is read and answered. */
    interface Question {
        /** Whether the answer has a finding. */
        boolean answer(PrintWriter out, PrintWriter errors);
    }

    private Answer() {}

    /** An answer that is not complete must not look like one: it has an exit code of its own. */
    static int give(CommandSpec spec, Question question) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter errors = spec.commandLine().getErr();
        try {
            boolean isFinding = question.answer(out, errors);
            if (out.checkError()) {
                throw new CannotLook(
                        "The answer could not be written completely. Free the disk, or keep the pipe open.");
            }
            return isFinding ? AuditCommand.FINDINGS : 0;
        } catch (CannotLook e) {
            out.flush();
            errors.println(e.getMessage());
            return AuditCommand.COULD_NOT_LOOK;
        }
    }
}
