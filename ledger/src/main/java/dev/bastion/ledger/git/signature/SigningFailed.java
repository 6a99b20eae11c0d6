package dev.bastion.ledger.git.signature;

/** The fault that the signing key cannot be used. The message says which key, and what is wrong with it. */
public final class SigningFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SigningFailed(String message) {
        super(message);
    }

    public SigningFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
