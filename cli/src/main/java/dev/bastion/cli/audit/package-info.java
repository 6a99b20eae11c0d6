/** The command {@code bastion audit}: what a clone of the ledger proves. Reads clones only; must not ask the ledger's remote. */
@NullMarked
package dev.bastion.cli.audit;

import org.jspecify.annotations.NullMarked;
