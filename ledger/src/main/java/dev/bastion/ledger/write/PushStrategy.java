package dev.bastion.ledger.write;

import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.remote.PushOutcome;

/** The way a draft gets onto the ledger's branch. */
@FunctionalInterface
public interface PushStrategy {
    /**
     * Puts the draft's commits on the branch.
     *
     * @return how the push ended; unless accepted, the branch is read again
     */
    PushOutcome push(BareClone clone, CommitDraft draft);
}
