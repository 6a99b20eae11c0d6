package dev.bastion.apply.run;

/** The fault that an environment's files or the command ask for something impossible. A person must change them. */
public final class InvalidConfiguration extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidConfiguration(String message) {
        super(message);
    }

    public InvalidConfiguration(String message, Throwable cause) {
        super(message, cause);
    }
}
