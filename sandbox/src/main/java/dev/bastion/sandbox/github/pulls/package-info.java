/**
 * Pull requests with their reviews, comments, labels and history. Only this package changes a pull request; nothing here knows
 * HTTP, rules or merging.
 */
@NullMarked
package dev.bastion.sandbox.github.pulls;

import org.jspecify.annotations.NullMarked;
