/**
 * A request that waits for approval: the proposed change, its reviews, and every reason to refuse it or to keep it
 * waiting. Knows {@code access.grant}; must not know the policy or the ports.
 */
@NullMarked
package dev.bastion.access.proposal;

import org.jspecify.annotations.NullMarked;
