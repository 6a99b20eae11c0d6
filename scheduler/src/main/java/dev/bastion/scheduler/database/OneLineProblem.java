package dev.bastion.scheduler.database;

/** What went wrong, in one line: the last cause says what the server or the network answered. */
final class OneLineProblem {
    private OneLineProblem() {}

    static String of(Throwable failure) {
        Throwable last = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            last = cause;
        }
        return String.valueOf(last.getMessage()).replaceAll("\\s+", " ");
    }
}
