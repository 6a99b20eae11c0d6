/**
 * Proposals as branches and pull requests. Knows how to write ({@code ledger.write}) and the root of {@code github}; must
 * not decide what is allowed.
 */
@NullMarked
package dev.bastion.ledger.proposal;

import org.jspecify.annotations.NullMarked;
