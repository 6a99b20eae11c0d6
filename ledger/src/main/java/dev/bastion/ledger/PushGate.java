package dev.bastion.ledger;

import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.git.Draft;
import dev.bastion.ledger.git.PushOutcome;

/** How what the service has written comes onto the branch that counts. */
@FunctionalInterface
interface PushGate {
    /**
     * Brings the draft's commits onto the branch.
     *
     * @return whether they stand there now; if not as they are, the branch is read again
     */
    PushOutcome push(BareClone clone, Draft draft);
}
