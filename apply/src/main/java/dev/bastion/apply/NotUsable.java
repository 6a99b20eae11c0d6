package dev.bastion.apply;

/** The environment's files, or the command, ask for something that cannot be done; somebody has to write something else. */
public final class NotUsable extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotUsable(String message) {
        super(message);
    }

    NotUsable(String message, Throwable cause) {
        super(message, cause);
    }
}
