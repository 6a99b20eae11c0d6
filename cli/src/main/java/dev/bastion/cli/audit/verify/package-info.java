/**
 * The command {@code bastion audit verify}, and the choice of the keys that count for every question of an audit. Knows the
 * report of {@code ledger.verification}; must not judge a commit itself.
 */
@NullMarked
package dev.bastion.cli.audit.verify;

import org.jspecify.annotations.NullMarked;
