package dev.bastion.access;

import java.util.Optional;

/** What is done for one after the other, each on its own: what fails for one keeps none of the others waiting. */
final class FailureCollector {
    private Optional<RuntimeException> last = Optional.empty();

    void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            last = Optional.of(e);
        }
    }

    void throwIfAny() {
        if (last.isPresent()) {
            throw last.get();
        }
    }
}
