/**
 * The bare clone: fetch, in-memory commits, push. JGit types stay in this package and those below it.
 */
@NullMarked
package dev.bastion.ledger.git;

import org.jspecify.annotations.NullMarked;
