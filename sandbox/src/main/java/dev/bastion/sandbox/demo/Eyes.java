package dev.bastion.sandbox.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Looks until something is there. */
final class Eyes {
    private static final Duration BLINK = Duration.ofMillis(50);

    private Eyes() {}

    /**
     * What is found, as soon as it is.
     *
     * @throws NotObserved when that takes too long, saying {@code what} was looked for
     */
    static <T> T await(String what, Duration atMost, Supplier<Optional<T>> look) {
        Instant end = Instant.now().plus(atMost);
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (Instant.now().isAfter(end)) {
                throw NotObserved.within(atMost, what);
            }
            blink();
        }
    }

    static void awaitTrue(String what, Duration atMost, BooleanSupplier look) {
        await(what, atMost, () -> look.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    static void require(boolean seen, String what) {
        if (!seen) {
            throw new NotObserved(what);
        }
    }

    private static void blink() {
        try {
            Thread.sleep(BLINK);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new NotObserved("the demo was interrupted");
        }
    }
}
