package dev.bastion.benchmarks;

import java.nio.file.Path;

/**
 * How a run was asked for.
 *
 * @param isFull the long form, such as 10,000 grants in place of 1,000
 * @param scratch an empty directory of the run's own, removed after it
 */
record Options(boolean isFull, Path scratch) {}
