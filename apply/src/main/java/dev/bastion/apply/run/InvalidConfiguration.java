package dev.bastion.apply.run;

/** The environment's files, or the command, ask for something that cannot be done; somebody has to write something else. */
public final class InvalidConfiguration extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidConfiguration(String message) {
        super(message);
    }

    public InvalidConfiguration(String message, Throwable cause) {
        super(message, cause);
    }
}
