/**
 * The remote branch with JGit: fetch, push, credentials, and what a rejected push means. Knows {@code ledger.git.object}.
 */
@NullMarked
package dev.bastion.ledger.git.remote;

import org.jspecify.annotations.NullMarked;
