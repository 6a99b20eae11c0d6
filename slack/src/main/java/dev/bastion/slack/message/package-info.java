/**
 * The text and blocks of every message and modal. Knows {@code slack.web}'s types; sends nothing.
 */
@NullMarked
package dev.bastion.slack.message;

import org.jspecify.annotations.NullMarked;
