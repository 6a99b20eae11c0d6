/**
 * Speed and size compared with the alternatives, in one run. One {@link dev.bastion.benchmarks.report.Benchmark} per question; each measures
 * this project and its alternatives on the same input, and {@link dev.bastion.benchmarks.BenchMain} prints and
 * writes what they found. Knows every module; no module knows it.
 */
@NullMarked
package dev.bastion.benchmarks;

import org.jspecify.annotations.NullMarked;
