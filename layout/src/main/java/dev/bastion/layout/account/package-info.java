/** The AWS accounts and regions of environments, as {@code ledger.yaml} lists them. Must not know paths and patterns. */
@NullMarked
package dev.bastion.layout.account;

import org.jspecify.annotations.NullMarked;
