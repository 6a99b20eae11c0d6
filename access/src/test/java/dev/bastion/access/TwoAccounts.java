package dev.bastion.access;

import static dev.bastion.access.Examples.PROD;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.place.AwsPlace;
import dev.bastion.access.place.BastionPlaces;
import dev.bastion.access.port.BastionMonitor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two accounts: prod is in one of them, every other environment in the other. */
public final class TwoAccounts implements BastionPlaces {
    public static final AwsPlace TEST = new AwsPlace("test", "111111111111", "eu-west-1");
    public static final AwsPlace LIVE = new AwsPlace("live", "222222222222", "us-east-1");

    private final Map<AwsPlace, List<BastionObservation>> bastions = new HashMap<>();
    /** The places that fail, and how. */
    public final Map<AwsPlace, Fault> faults = new HashMap<>();

    private final List<AwsPlace> configured = new ArrayList<>(List.of(TEST, LIVE));

    /** A fault that passes. */
    public static Fault silent() {
        return new Fault.Later(ExternalSystem.AWS, "describing the bastion instances", "no answer");
    }

    /** A fault that a person must mend. */
    public static Fault refused() {
        return new Fault.Refused(ExternalSystem.AWS, "looking", "AccessDenied", "correct the role");
    }

    /** Takes a place out of the configuration. */
    public void remove(AwsPlace place) {
        configured.remove(place);
    }

    @Override
    public Map<AwsPlace, BastionMonitor> monitors() {
        Map<AwsPlace, BastionMonitor> monitors = new LinkedHashMap<>();
        configured.forEach(place -> monitors.put(place, () -> look(place)));
        return monitors;
    }

    /** The bastions of a place, to be changed. */
    public List<BastionObservation> at(AwsPlace place) {
        return bastions.computeIfAbsent(place, _ -> new ArrayList<>());
    }

    private List<BastionObservation> look(AwsPlace place) {
        Fault fault = faults.get(place);
        if (fault != null) {
            throw new ObservationFailed(fault, new IllegalStateException("no"));
        }
        return List.copyOf(at(place));
    }

    @Override
    public Optional<AwsPlace> placeOf(EnvironmentName environment) {
        AwsPlace own = environment.equals(PROD) ? LIVE : TEST;
        return configured.stream().filter(own::equals).findFirst();
    }
}
