/**
 * Pull requests, reviews, labels, merges and branches. Knows {@code github.status} and {@code github.client}.
 */
@NullMarked
package dev.bastion.github.pulls;

import org.jspecify.annotations.NullMarked;
