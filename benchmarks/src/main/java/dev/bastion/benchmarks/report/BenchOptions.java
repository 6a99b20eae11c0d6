package dev.bastion.benchmarks.report;

import java.nio.file.Path;

/**
 * The options of a run.
 *
 * @param isFull whether to run the long form, like 10,000 grants instead of 1,000
 * @param scratch an empty directory for this run, removed after it
 */
public record BenchOptions(boolean isFull, Path scratch) {}
