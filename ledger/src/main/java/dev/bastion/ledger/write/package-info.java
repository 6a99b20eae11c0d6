/**
 * Changes written as consecutive commits and pushed once, each with its own precondition and outcome. Knows history,
 * entries and files; must not know pull requests.
 */
@NullMarked
package dev.bastion.ledger.write;

import org.jspecify.annotations.NullMarked;
