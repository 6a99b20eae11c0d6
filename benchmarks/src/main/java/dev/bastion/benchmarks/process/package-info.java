/** Other processes that are measured: what they take of time and memory. Must not know what they run. */
@NullMarked
package dev.bastion.benchmarks.process;

import org.jspecify.annotations.NullMarked;
