package dev.bastion.cli.audit.verify;

/** The fault that a verification cannot begin. The message says what is missing and what to do. */
final class CannotVerify extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotVerify(String message) {
        super(message);
    }
}
