/**
 * The ports of the use cases: ledger, proposals, notifications, observation of AWS and CI, timers. Knows the
 * values and the policy; must not know who implements it.
 */
@NullMarked
package dev.bastion.access.port;

import org.jspecify.annotations.NullMarked;
