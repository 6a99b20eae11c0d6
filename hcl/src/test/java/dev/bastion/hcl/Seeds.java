package dev.bastion.hcl;

import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Random seeds, in the tests' names; {@code -Dhcl.seed=<seed>} repeats one. */
public final class Seeds {
    private Seeds() {}

    public static Stream<Arguments> of(int count) {
        Long again = Long.getLong("hcl.seed");
        return (again == null ? new Random().longs(count) : LongStream.of(again)).mapToObj(Arguments::of);
    }
}
