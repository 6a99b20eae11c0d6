package dev.bastion.cli.audit;

import org.jspecify.annotations.Nullable;

/** The fault that a question has no answer, because something could not be read. */
final class CannotLook extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotLook(String message) {
        super(message);
    }

    CannotLook(@Nullable String message, Throwable cause) {
        super(message, cause);
    }
}
