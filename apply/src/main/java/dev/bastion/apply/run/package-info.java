/**
 * The values that describe a run: intent, outcome, progress, and the faults that end it. Knows nothing else of this
 * module.
 */
@NullMarked
package dev.bastion.apply.run;

import org.jspecify.annotations.NullMarked;
