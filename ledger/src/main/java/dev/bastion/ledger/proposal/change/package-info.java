/**
 * What a pull request or a commit would change: grants, configurations, files that need an owner, and what is wrong with it.
 * Must not decide what is allowed.
 */
@NullMarked
package dev.bastion.ledger.proposal.change;

import org.jspecify.annotations.NullMarked;
