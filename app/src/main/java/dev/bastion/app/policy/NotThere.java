package dev.bastion.app.policy;

/** Something that was named on the command line does not exist. */
final class NotThere extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotThere(String message) {
        super(message);
    }
}
