/**
 * The audiences that other systems keep, and the memberships that the ledger records of them. Knows their written forms; must
 * not know how they are asked.
 */
@NullMarked
package dev.bastion.access.membership;

import org.jspecify.annotations.NullMarked;
