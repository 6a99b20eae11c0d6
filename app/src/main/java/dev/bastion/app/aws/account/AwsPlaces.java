package dev.bastion.app.aws.account;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.place.AwsPlace;
import dev.bastion.access.place.BastionPlaces;
import dev.bastion.access.port.BastionDiagnostics;
import dev.bastion.access.port.BastionMonitor;
import dev.bastion.access.port.BastionTerminator;
import dev.bastion.access.port.SessionMonitor;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The accounts and regions of a ledger, each with a watcher of its own. What concerns one bastion goes to the place where it
 * was seen, and what concerns an environment to the environment's place.
 */
public final class AwsPlaces
        implements BastionPlaces, BastionTerminator, SessionMonitor, BastionDiagnostics, AutoCloseable {
    private static final String REMEDY = "add its account to accounts of ledger.yaml";

    private final Supplier<WatchedPlaces> configured;
    private final Optional<URI> endpoint;
    private final Optional<String> ledgerName;
    private final AwsCredentialsProvider own;
    private final Map<WatchedPlace, PlaceWatcher> watchers = new ConcurrentHashMap<>();

    /**
     * Uses the AWS SDK's default credentials for the service's own account, and to assume the roles of others.
     *
     * @param configured the places as the ledger names them now; makes no call
     * @param endpoint replaces AWS's
     * @param ledgerName the name of this ledger in the tags of instances
     */
    public AwsPlaces(Supplier<WatchedPlaces> configured, Optional<URI> endpoint, Optional<String> ledgerName) {
        this(
                configured,
                endpoint,
                ledgerName,
                DefaultCredentialsProvider.builder().build());
    }

    AwsPlaces(
            Supplier<WatchedPlaces> configured,
            Optional<URI> endpoint,
            Optional<String> ledgerName,
            AwsCredentialsProvider own) {
        this.configured = configured;
        this.endpoint = endpoint;
        this.ledgerName = ledgerName;
        this.own = own;
    }

    private PlaceWatcher watcher(WatchedPlace at) {
        return watchers.computeIfAbsent(
                at,
                place -> new PlaceWatcher(place, AccountCredentials.of(place, own, endpoint), endpoint, ledgerName));
    }

    @Override
    public Map<AwsPlace, BastionMonitor> monitors() {
        Map<AwsPlace, BastionMonitor> monitors = new LinkedHashMap<>();
        configured.get().all().forEach(at -> monitors.put(at.place(), () -> lookAt(at)));
        return monitors;
    }

    @Override
    public Optional<AwsPlace> placeOf(EnvironmentName environment) {
        return configured.get().placeOf().apply(environment);
    }

    /** By the configuration of now: a corrected role is used at the next look. */
    private List<BastionObservation> lookAt(WatchedPlace then) {
        return watcher(configured.get().at(then.place()).orElse(then)).look();
    }

    @Override
    public boolean terminate(BastionObservation bastion) {
        WatchedPlace at = watchers.keySet().stream()
                .filter(place -> isAt(bastion, place.place()))
                .findFirst()
                .orElseThrow(() -> unplaced("terminating " + bastion.instance(), "its account is not watched"));
        return watcher(configured.get().at(at.place()).orElse(at)).terminate(bastion);
    }

    private static boolean isAt(BastionObservation bastion, AwsPlace place) {
        return place.equals(AwsPlace.ONLY)
                || (bastion.details().account().equals(Optional.of(place.id()))
                        && bastion.details().region().equals(Optional.of(place.region())));
    }

    @Override
    public Listing sessionsOf(EnvironmentName environment, String instance, Instant since) {
        return configured
                .get()
                .of(environment)
                .map(this::watcher)
                .orElseThrow(() -> unplaced(
                        "listing the sessions of " + instance, "no account of ledger.yaml has " + environment.value()))
                .sessions()
                .sessionsOf(instance, since);
    }

    private static ObservationFailed unplaced(String attempted, String answered) {
        return new ObservationFailed(
                new Fault.Refused(ExternalSystem.AWS, attempted, answered, REMEDY),
                new IllegalStateException("no place"));
    }

    @Override
    public void examine(Subject subject, Findings found) {
        configured
                .get()
                .of(subject.environment())
                .map(this::watcher)
                .ifPresentOrElse(
                        watcher -> watcher.diagnosis().examine(subject, found),
                        () -> found.add(Finding.problem(
                                Area.AWS,
                                "account",
                                "no account of ledger.yaml has "
                                        + subject.environment().value() + ", so its bastion cannot be seen",
                                REMEDY)));
    }

    @Override
    public void close() {
        watchers.values().forEach(PlaceWatcher::close);
    }
}
