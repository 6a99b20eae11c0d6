package dev.bastion.ledger.history;

import dev.bastion.access.observation.Observation;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.entry.ProposalEntry;
import dev.bastion.ledger.git.object.Commit;
import java.util.List;

/** What the service says, with its signature, in a commit of the first-parent line. */
public sealed interface ServiceMessage {
    /**
     * Entries, oldest first, and what the service observed.
     *
     * @param line the signed commits: the commit itself, or those that it merges, oldest first
     */
    record Entries(List<LedgerEntry> entries, List<Observation> observations, List<Commit> line)
            implements ServiceMessage {
        public Entries {
            entries = List.copyOf(entries);
            observations = List.copyOf(observations);
            line = List.copyOf(line);
        }

        /** The newest signed commit: the commit itself, or the merged head. */
        public Commit signed() {
            return line.getLast();
        }
    }

    /** A proposal, which says nothing about approvals. */
    record Proposed(ProposalEntry proposal, Commit signed) implements ServiceMessage {}

    /** Nothing: the commit is not the service's. */
    record Nothing() implements ServiceMessage {}
}
