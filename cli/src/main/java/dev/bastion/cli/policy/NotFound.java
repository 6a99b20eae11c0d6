package dev.bastion.cli.policy;

/** Something that was named on the command line does not exist. */
final class NotFound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotFound(String message) {
        super(message);
    }
}
