/**
 * How fast, beside the alternative, in one run. One {@link dev.bastion.benchmarks.report.Benchmark} per question; each measures
 * ours and what somebody would use instead on the same input, and {@link dev.bastion.benchmarks.BenchMain} prints and
 * writes what they found. Knows every module; no module knows it.
 */
@NullMarked
package dev.bastion.benchmarks;

import org.jspecify.annotations.NullMarked;
