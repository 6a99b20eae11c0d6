/**
 * A bare clone: fetch, in-core commit, push. The only place that knows JGit.
 */
@NullMarked
package dev.bastion.ledger.git;

import org.jspecify.annotations.NullMarked;
