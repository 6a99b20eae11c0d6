/**
 * The AWS accounts and regions of a ledger: an observer of each, by the role that the account gives the service. It knows
 * nothing of grants.
 */
@NullMarked
package dev.bastion.app.aws.account;

import org.jspecify.annotations.NullMarked;
