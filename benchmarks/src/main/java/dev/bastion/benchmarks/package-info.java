/**
 * How fast, beside the alternative, in one run.
 */
@NullMarked
package dev.bastion.benchmarks;

import org.jspecify.annotations.NullMarked;
