/**
 * Accounts, GitHub Apps and the tokens that prove them. Knows nothing of what they may do.
 */
@NullMarked
package dev.bastion.sandbox.github.account;

import org.jspecify.annotations.NullMarked;
