/**
 * Grants as commits, and the module's entry point. Knows proposals, write and history; must not know how git moves bytes
 * (see .git) nor GitHub's API.
 */
@NullMarked
package dev.bastion.ledger;

import org.jspecify.annotations.NullMarked;
