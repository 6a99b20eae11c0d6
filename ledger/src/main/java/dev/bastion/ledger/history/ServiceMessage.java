package dev.bastion.ledger.history;

import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.git.object.Commit;
import java.util.List;

/** What the service says, with its signature, in a commit of the first-parent line. */
sealed interface ServiceMessage {
    /**
     * Entries, oldest first, and what the service observed.
     *
     * @param signed the newest signed commit: the commit itself, or the merged head
     */
    record Entries(List<LedgerEntry> entries, List<Observation> observations, Commit signed)
            implements ServiceMessage {
        public Entries {
            entries = List.copyOf(entries);
            observations = List.copyOf(observations);
        }
    }

    /** A proposal, which says nothing about approvals. */
    record Proposed(ProposalEntry proposal, Commit signed) implements ServiceMessage {}

    /** Nothing: the commit is not the service's. */
    record Nothing() implements ServiceMessage {}
}
