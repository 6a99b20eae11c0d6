/**
 * Accounts, GitHub Apps with their permissions, and the tokens that prove them. Knows no request that needs any.
 */
@NullMarked
package dev.bastion.sandbox.github.account;

import org.jspecify.annotations.NullMarked;
