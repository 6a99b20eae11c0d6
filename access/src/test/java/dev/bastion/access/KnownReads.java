package dev.bastion.access;

import dev.bastion.access.fault.Outage;
import dev.bastion.access.place.BastionPlaces;
import dev.bastion.access.port.BastionMonitor;
import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.snapshot.BastionLook;
import dev.bastion.access.snapshot.LastReads;
import dev.bastion.access.snapshot.Sightings;
import dev.bastion.access.state.UnexplainedInstance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads that a test gives. */
public record KnownReads(
        Optional<Instant> ledgerReadAt,
        Sightings bastions,
        Optional<Outage> pullRequests,
        List<UnexplainedInstance> unexplainedInstances)
        implements LastReads {
    public static final KnownReads NONE = new KnownReads(Optional.empty(), Sightings.NONE, Optional.empty(), List.of());

    /** A look at the one place of a ledger without accounts, of which nothing was read before. */
    public static BastionLook look(BastionMonitor monitor, ReconcileLog log) {
        return new BastionLook(
                BastionPlaces.only(monitor),
                NONE::bastions,
                BastionLook.PATIENCE,
                Runnable::run,
                log,
                () -> Examples.NOW);
    }
}
