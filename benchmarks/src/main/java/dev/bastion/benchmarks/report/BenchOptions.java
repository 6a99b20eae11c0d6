package dev.bastion.benchmarks.report;

import java.nio.file.Path;

/**
 * How a run was asked for.
 *
 * @param isFull the long form, such as 10,000 grants in place of 1,000
 * @param scratch an empty directory of the run's own, removed after it
 */
public record BenchOptions(boolean isFull, Path scratch) {}
