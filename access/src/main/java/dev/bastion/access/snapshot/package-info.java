/**
 * The reads, steps and failures of the reconcile pass: parts of a snapshot that are read in the background, steps that never
 * run twice at once, and the failures of single items. Must not know the rules or the use cases.
 */
@NullMarked
package dev.bastion.access.snapshot;

import org.jspecify.annotations.NullMarked;
