/**
 * History as state: the commits of the branch read into what is open, who opened it, and what has ended. Knows entries
 * and files; writes nothing.
 */
@NullMarked
package dev.bastion.ledger.history;

import org.jspecify.annotations.NullMarked;
