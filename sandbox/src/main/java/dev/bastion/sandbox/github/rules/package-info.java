/**
 * Rulesets, and what they say against a push or a merge. Know nothing of HTTP.
 */
@NullMarked
package dev.bastion.sandbox.github.rules;

import org.jspecify.annotations.NullMarked;
