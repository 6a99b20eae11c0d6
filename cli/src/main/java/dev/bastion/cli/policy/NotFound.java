package dev.bastion.cli.policy;

/** The fault that a command-line argument names something that does not exist. */
final class NotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotFound(String message) {
        super(message);
    }
}
