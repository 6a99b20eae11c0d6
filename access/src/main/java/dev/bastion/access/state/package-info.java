/**
 * What the ports read: the ledger at one commit, the problems of its layout, instances that no grant explains. Knows
 * the policy; must not know how it is read.
 */
@NullMarked
package dev.bastion.access.state;

import org.jspecify.annotations.NullMarked;
