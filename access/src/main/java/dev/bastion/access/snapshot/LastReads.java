package dev.bastion.access.snapshot;

import dev.bastion.access.fault.Outage;
import dev.bastion.access.state.UnexplainedInstance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the reconcile pass read last, for answers while a system does not answer. */
public interface LastReads {
    /** When the ledger was read last; empty while it never was. */
    Optional<Instant> ledgerReadAt();

    /** The bastions as every place showed them last. */
    Sightings bastions();

    /** Why pull requests cannot be read at present; empty while they can, or without GitHub. */
    Optional<Outage> pullRequests();

    /** The instances that no grant explains, as of the last inventory. */
    List<UnexplainedInstance> unexplainedInstances();
}
