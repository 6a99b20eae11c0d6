package dev.bastion.access;

import dev.bastion.access.fault.Outage;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.snapshot.LastReads;
import dev.bastion.access.snapshot.Reading;
import dev.bastion.access.state.UnexplainedInstance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads that a test gives. */
public record KnownReads(
        Optional<Instant> ledgerReadAt,
        Optional<Reading<List<BastionObservation>>> bastions,
        Optional<Outage> pullRequests,
        List<UnexplainedInstance> unexplainedInstances)
        implements LastReads {
    public static final KnownReads NONE =
            new KnownReads(Optional.empty(), Optional.empty(), Optional.empty(), List.of());
}
