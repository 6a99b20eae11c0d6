package dev.bastion.ledger.write;

import java.time.Duration;
import java.util.Optional;

/** Work that a {@link GroupCommit} does while no change waits. */
public interface IdleWork {
    /** Nothing to do, ever. */
    IdleWork NONE = new IdleWork() {
        @Override
        public Optional<Duration> dueIn() {
            return Optional.empty();
        }

        @Override
        public void run() {}
    };

    /** How long until there is something to do, zero for now; empty while there is nothing. */
    Optional<Duration> dueIn();

    /** Does a part that is small enough for a change to wait for. */
    void run();
}
