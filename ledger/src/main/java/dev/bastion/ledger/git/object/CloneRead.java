package dev.bastion.ledger.git.object;

import java.io.IOException;

/** A read of the local clone. */
@FunctionalInterface
interface CloneRead<T> {
    T result() throws IOException;

    /** @throws CloneBroken when the clone cannot be read */
    default T orBroken() {
        try {
            return result();
        } catch (IOException e) {
            throw new CloneBroken(e);
        }
    }
}
