package dev.bastion.sandbox.demo.narration;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Polling: repeats a look until it finds something or the time is up. */
public final class Await {
    private static final Duration BLINK = Duration.ofMillis(50);

    private Await() {}

    /**
     * Repeats {@code look} until it finds something; answers that.
     *
     * @throws NotObservedException after {@code atMost}, naming {@code what} was expected
     */
    public static <T> T await(String what, Duration atMost, Supplier<Optional<T>> look) {
        Instant end = Instant.now().plus(atMost);
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (Instant.now().isAfter(end)) {
                throw NotObservedException.within(atMost, what);
            }
            pause();
        }
    }

    public static void awaitTrue(String what, Duration atMost, BooleanSupplier look) {
        await(what, atMost, () -> look.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    public static void require(boolean seen, String what) {
        if (!seen) {
            throw new NotObservedException(what);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BLINK);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new NotObservedException("the demo was interrupted");
        }
    }
}
