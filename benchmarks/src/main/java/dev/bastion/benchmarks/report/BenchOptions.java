package dev.bastion.benchmarks.report;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The options of a run.
 *
 * @param isFull whether to run the long form, like 10,000 grants instead of 1,000
 * @param commits the length of the histories of benchmarks that have one; empty for their usual length
 * @param scratch an empty directory for this run, removed after it
 */
public record BenchOptions(boolean isFull, Optional<Integer> commits, Path scratch) {}
