/**
 * Grants as commits: environment files, commit texts and history. Knows the records of the ledger; must not know how git
 * moves bytes (see .git) nor GitHub (see .github).
 */
@NullMarked
package dev.bastion.ledger;

import org.jspecify.annotations.NullMarked;
