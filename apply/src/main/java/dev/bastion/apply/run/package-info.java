/**
 * Values that a run is described with: intent, outcome, progress, and the failures that end it. Knows nothing else of
 * this module.
 */
@NullMarked
package dev.bastion.apply.run;

import org.jspecify.annotations.NullMarked;
