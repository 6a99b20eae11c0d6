/**
 * Anchors: what the head of the ledger's branch was at a time, written where the repository's writers cannot change it. Knows
 * the documents, and the git repository that may keep them; must not know what an anchor proves about a history.
 */
@NullMarked
package dev.bastion.ledger.anchor;

import org.jspecify.annotations.NullMarked;
