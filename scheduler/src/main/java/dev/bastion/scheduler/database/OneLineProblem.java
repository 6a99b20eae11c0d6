package dev.bastion.scheduler.database;

import java.util.Optional;

/** What went wrong, in one line: the last cause that has a message says what the server or the network answered. */
final class OneLineProblem {
    private OneLineProblem() {}

    static String of(Throwable failure) {
        Throwable last = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            last = cause.getMessage() == null ? last : cause;
        }
        return Optional.ofNullable(last.getMessage())
                .orElse(last.getClass().getSimpleName())
                .replaceAll("\\s+", " ");
    }
}
