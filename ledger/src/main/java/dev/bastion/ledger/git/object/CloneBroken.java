package dev.bastion.ledger.git.object;

/** The fault that the local clone cannot be read; the service deletes it and clones again. */
public final class CloneBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CloneBroken(Throwable cause) {
        super("the local clone cannot be read: " + cause, cause);
    }
}
