package dev.bastion.access.place;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.port.BastionMonitor;
import java.util.Map;
import java.util.Optional;

/** The places where bastions run, each with an observer of its own. Both answers can change with the ledger. */
public interface BastionPlaces {
    /** The observer of each place. */
    Map<AwsPlace, BastionMonitor> monitors();

    /** The place of an environment's bastions; empty where no place is configured for it. */
    Optional<AwsPlace> placeOf(EnvironmentName environment);

    /** The one place of a ledger that names no accounts. */
    static BastionPlaces only(BastionMonitor monitor) {
        return new BastionPlaces() {
            @Override
            public Map<AwsPlace, BastionMonitor> monitors() {
                return Map.of(AwsPlace.ONLY, monitor);
            }

            @Override
            public Optional<AwsPlace> placeOf(EnvironmentName environment) {
                return Optional.of(AwsPlace.ONLY);
            }
        };
    }
}
