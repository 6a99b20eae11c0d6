/**
 * Pull requests, reviews and labels on GitHub. Knows {@code github.client}; must not know git or the ledger.
 */
@NullMarked
package dev.bastion.github.pulls;

import org.jspecify.annotations.NullMarked;
