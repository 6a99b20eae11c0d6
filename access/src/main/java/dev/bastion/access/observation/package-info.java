/**
 * What the service observed of a grant, or decided about a request that opened nothing, as the ledger keeps it. Knows
 * {@code access.grant}; must not know who observes or how it is written.
 */
@NullMarked
package dev.bastion.access.observation;

import org.jspecify.annotations.NullMarked;
