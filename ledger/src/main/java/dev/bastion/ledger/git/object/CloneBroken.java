package dev.bastion.ledger.git.object;

/** The local clone cannot be read: it is thrown away and cloned anew. */
public final class CloneBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CloneBroken(Throwable cause) {
        super("the local clone cannot be read: " + cause, cause);
    }
}
