package dev.bastion.access.outage;

import dev.bastion.access.Outcome;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.grant.Grant;
import java.util.List;
import java.util.Optional;

/** The result of a person's wish to end a grant. */
public sealed interface EndResult {
    /** The ledger answered. */
    record Answered(Outcome outcome) implements EndResult {}

    /**
     * The end is not recorded yet, and is tried until it is.
     *
     * @param grant as this process last read it
     * @param why the ledger could not be changed
     * @param terminated the ids of the instances that were terminated
     * @param terminationFault why the bastion could not be terminated, which is tried again too; empty when it was, or
     *     none was there
     */
    record Pending(Grant grant, Fault why, List<String> terminated, Optional<Fault> terminationFault)
            implements EndResult {
        public Pending {
            terminated = List.copyOf(terminated);
        }
    }
}
