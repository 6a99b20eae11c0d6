/**
 * Whether pull requests can be merged, and merging them. Knows rules, pull requests and git; nothing of HTTP.
 */
@NullMarked
package dev.bastion.sandbox.github.merge;

import org.jspecify.annotations.NullMarked;
