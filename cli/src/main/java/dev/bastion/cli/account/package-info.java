/**
 * The credentials with which CI works in each AWS account of {@code ledger.yaml}: sessions of the account's roles. It knows
 * nothing of plans and applies.
 */
@NullMarked
package dev.bastion.cli.account;

import org.jspecify.annotations.NullMarked;
