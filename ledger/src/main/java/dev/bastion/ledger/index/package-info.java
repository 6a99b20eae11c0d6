/**
 * The index of a history beside its clone: what was read of old commits, so that the next reader reads only what is new. Knows
 * how values are written down, and whether a file of its own can be trusted. An index can cost time and never change an answer:
 * whatever is in doubt is read from git.
 */
@NullMarked
package dev.bastion.ledger.index;

import org.jspecify.annotations.NullMarked;
