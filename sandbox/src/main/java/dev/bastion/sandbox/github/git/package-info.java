/**
 * The bare repository: branches, history, diffs, merge commits, and the listeners of a push. Knows nothing of HTTP or pull
 * requests.
 */
@NullMarked
package dev.bastion.sandbox.github.git;

import org.jspecify.annotations.NullMarked;
