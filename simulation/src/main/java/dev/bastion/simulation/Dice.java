package dev.bastion.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The choices of one operation. */
final class Dice {
    private final SplittableRandom random;

    Dice(Operation operation) {
        this.random = new SplittableRandom(operation.dice());
    }

    /** One of them; empty when there is none. */
    <T> Optional<T> anyOf(List<T> choices) {
        int at = random.nextInt(Integer.MAX_VALUE);
        return choices.isEmpty() ? Optional.empty() : Optional.of(choices.get(at % choices.size()));
    }

    <T> T oneOf(List<T> choices) {
        return anyOf(choices).orElseThrow();
    }

    /** From {@code least} to {@code most}, both included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** True once in so many times. */
    boolean onceIn(int times) {
        return random.nextInt(times) == 0;
    }

    Duration seconds(int least, int most) {
        return Duration.ofSeconds(between(least, most));
    }
}
