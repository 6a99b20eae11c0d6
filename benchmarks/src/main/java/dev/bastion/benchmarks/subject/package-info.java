/**
 * What is measured, ours and each alternative, and the data they work on. Must not know how figures are reported.
 */
@NullMarked
package dev.bastion.benchmarks.subject;

import org.jspecify.annotations.NullMarked;
