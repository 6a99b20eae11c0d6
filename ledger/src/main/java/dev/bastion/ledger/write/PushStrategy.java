package dev.bastion.ledger.write;

import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.object.CommitDraft;
import dev.bastion.ledger.git.remote.PushOutcome;

/** How what the service has written comes onto the branch that counts. */
@FunctionalInterface
public interface PushStrategy {
    /**
     * Brings the draft's commits onto the branch.
     *
     * @return whether they stand there now; if not as they are, the branch is read again
     */
    PushOutcome push(BareClone clone, CommitDraft draft);
}
