/**
 * The state of the ledger, read from the commits of its branch: what is open, who opened it, and what has ended. Knows
 * entries and files; writes nothing.
 */
@NullMarked
package dev.bastion.ledger.history;

import org.jspecify.annotations.NullMarked;
