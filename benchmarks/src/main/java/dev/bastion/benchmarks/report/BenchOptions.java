package dev.bastion.benchmarks.report;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The options of a run.
 *
 * @param size how much work to do
 * @param commits the length of the histories of benchmarks that have one; empty for their usual length
 * @param scratch an empty directory for this benchmark, removed after it
 * @param image the directory of the linked service, or where the first benchmark that needs it links it
 */
public record BenchOptions(Size size, Optional<Integer> commits, Path scratch, Path image) {
    /** Whether this is less than the aims are for. */
    public boolean isSmaller() {
        return size != Size.FULL;
    }

    /** The number for the run's size. */
    public int pick(int small, int usual, int full) {
        return size.pick(small, usual, full);
    }
}
