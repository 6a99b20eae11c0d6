/**
 * The browser page of the sandbox: a channel to type into, and beside it the ledger, CI, instances and pull requests. Knows the
 * simulated Slack; everything else it shows comes through {@link dev.bastion.sandbox.page.PageSource}. Must not know how any of
 * it is made.
 */
@NullMarked
package dev.bastion.sandbox.page;

import org.jspecify.annotations.NullMarked;
