/**
 * Measurements and how they are printed: samples, statistics, aims, text and JSON. Must not know what is measured.
 */
@NullMarked
package dev.bastion.benchmarks.report;

import org.jspecify.annotations.NullMarked;
