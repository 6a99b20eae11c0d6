package dev.bastion.ledger.write;

import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.git.remote.PushOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Observations as commits of the branch that change no file. */
record CommitObservations(LedgerBranch branch) implements ObservationStore {
    @Override
    public List<Observation> of(RequestId request) {
        return branch.isKnown() ? branch.state().observations().of(request) : List.of();
    }

    @Override
    public Optional<Instant> oldest() {
        return branch.isKnown() ? branch.state().observations().oldest() : Optional.empty();
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void refresh() {
        branch.refresh();
    }

    @Override
    public PushOutcome write(List<Observation> observations) {
        return branch.write(batch -> observations.forEach(batch::add));
    }
}
