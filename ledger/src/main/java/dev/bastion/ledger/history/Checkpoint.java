package dev.bastion.ledger.history;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import java.util.Map;

/**
 * What a replay knows after a commit, from which another one can go on.
 *
 * @param head the commit
 * @param window when another reading of the same commits knows the same
 */
public record Checkpoint(
        CommitId head,
        SignedPart signed,
        TimeWindow window,
        Map<EnvironmentName, EnvironmentRecord> records,
        RecordedObservations observations) {
    public Checkpoint {
        records = Map.copyOf(records);
    }

    /** The checkpoint of a state that was read or written in this window. */
    public static Checkpoint of(LedgerState state, TimeWindow window) {
        return new Checkpoint(state.head(), state.signed(), window, state.records(), state.observations());
    }
}
