package dev.bastion.simulation.world;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** A source of the same bytes in every world, so that the same entries have the same signatures. Its key protects nothing. */
@SuppressWarnings("serial")
final class SeededBytes extends SecureRandom {
    @Override
    public void nextBytes(byte[] bytes) {
        new SplittableRandom(bytes.length).nextBytes(bytes);
    }
}
