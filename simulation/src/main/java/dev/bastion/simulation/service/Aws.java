package dev.bastion.simulation.service;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Condition;
import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.BastionObservation.Ownership;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.BastionMonitor;
import dev.bastion.access.port.BastionTerminator;
import dev.bastion.simulation.world.Instances;
import dev.bastion.simulation.world.Instances.Instance;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The instances of the world as the service observes and terminates them. */
final class Aws implements BastionMonitor, BastionTerminator {
    private final Instances instances;
    private final InstantSource clock;
    private final Optional<String> ledger;

    /**
     * @param clock AWS's own
     * @param ledger the name in the instances' tags
     */
    Aws(Instances instances, InstantSource clock, Optional<String> ledger) {
        this.instances = instances;
        this.clock = clock;
        this.ledger = ledger;
    }

    @Override
    public List<BastionObservation> look() {
        requireUp("describing the bastion instances");
        return instances.there().stream().map(this::observed).toList();
    }

    private BastionObservation observed(Instance instance) {
        Instant now = clock.instant();
        boolean isReady = instance.isReady(now);
        Optional<Connection> connection = isReady
                ? Optional.of(new Connection(
                        instance.id(), "eu-central-1", "db.internal", 5432, Optional.empty(), Optional.empty()))
                : Optional.empty();
        return new BastionObservation(
                new EnvironmentName(instance.environment()).resourceName(),
                instance.request().map(RequestId::new),
                instance.id(),
                instance.isLeaving(now) ? Condition.LEAVING : isReady ? Condition.READY : Condition.COMING,
                instance.isLeaving(now) ? "shutting-down" : isReady ? "running" : "pending",
                connection,
                new Ownership(true, ledger, Optional.empty()));
    }

    @Override
    public boolean terminate(BastionObservation bastion) {
        requireUp("terminating " + bastion.instance());
        return instances.terminate(bastion.instance());
    }

    private void requireUp(String attempted) {
        if (instances.isDown()) {
            throw new ObservationFailed(ExternalSystem.AWS, attempted, new IOException("503"));
        }
    }
}
