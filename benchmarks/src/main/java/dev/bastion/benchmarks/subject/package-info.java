/**
 * The measured implementations, this project's and the alternatives, and their data. Must not know the report.
 */
@NullMarked
package dev.bastion.benchmarks.subject;

import org.jspecify.annotations.NullMarked;
