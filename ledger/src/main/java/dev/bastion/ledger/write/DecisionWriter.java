package dev.bastion.ledger.write;

import dev.bastion.access.approval.DecisionLog;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.git.signature.SigningFailed;
import java.io.IOException;
import java.util.Optional;

/** The writer of approvers' decisions, each in a push of its own that its caller waits for. */
public final class DecisionWriter implements DecisionLog {
    private final LedgerBranch branch;

    public DecisionWriter(LedgerBranch branch) {
        this.branch = branch;
    }

    @Override
    public boolean isSigned() {
        return branch.settings().keys().signer().isPresent();
    }

    @Override
    public void record(Observation decision) {
        String doing = "recording the decision on " + decision.subject().environment();
        try {
            if (LostRaces.retry(() -> write(decision) ? Optional.of(decision) : Optional.empty())
                    .isEmpty()) {
                throw LedgerUnreachable.later(doing, new IOException(LostRaces.givenUp()));
            }
        } catch (SigningFailed e) {
            throw branch.signing().failed(doing, e);
        } catch (CloneBroken e) {
            throw new LedgerUnreachable(doing, e);
        }
    }

    /** Whether the remote has it; if not, the branch moved first and was read again. */
    private boolean write(Observation decision) {
        boolean isPushed = branch.write(batch -> batch.add(decision)) != PushOutcome.LOST_RACE;
        return isPushed && branch.state().observations().has(decision);
    }
}
