package dev.bastion.app.aws.account;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.diagnosis.InstallationCheck;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.place.AwsPlace;
import dev.bastion.app.aws.AwsCheck;
import dev.bastion.app.aws.diagnosis.DoctorPermissions;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** The check of every account and region of a ledger at the same time: role, account, region and permissions of each. */
public final class PlacesCheck implements InstallationCheck {
    private final Supplier<WatchedPlaces> places;
    private final Optional<URI> endpoint;
    private final Supplier<Set<EnvironmentName>> open;
    private final AwsCredentialsProvider own;

    /**
     * Uses the AWS SDK's default credentials as the service's.
     *
     * @param open the environments that are open in the ledger; none where that is unknown
     */
    public PlacesCheck(Supplier<WatchedPlaces> places, Optional<URI> endpoint, Supplier<Set<EnvironmentName>> open) {
        this(places, endpoint, open, DefaultCredentialsProvider.builder().build());
    }

    PlacesCheck(
            Supplier<WatchedPlaces> places,
            Optional<URI> endpoint,
            Supplier<Set<EnvironmentName>> open,
            AwsCredentialsProvider own) {
        this.places = places;
        this.endpoint = endpoint;
        this.open = open;
        this.own = own;
    }

    @Override
    public Area area() {
        return Area.AWS;
    }

    @Override
    public String system() {
        return "AWS";
    }

    @Override
    public void examine(Findings found) {
        WatchedPlaces all = places.get();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> checks = all.all().stream()
                    .<Future<?>>map(at -> threads.submit(() -> examine(at, all, found)))
                    .toList();
            checks.forEach(PlacesCheck::await);
        }
    }

    /** The others' findings are in already, or come when the threads are closed. */
    private static void await(Future<?> check) {
        try {
            check.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the check was stopped", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OutOfMemoryError fatal) {
                throw fatal;
            }
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(cause.getMessage(), cause);
        }
    }

    private void examine(WatchedPlace at, WatchedPlaces all, Findings found) {
        try (AccountCredentials credentials = AccountCredentials.of(at, own, endpoint)) {
            Findings here = new Findings();
            try {
                checks(at, all, credentials).forEach(check -> check.examine(here));
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        at.place().title().map(title -> title + ": ").orElse("") + e.getMessage(), e);
            } finally {
                here.all().forEach(finding -> found.add(named(at.place(), finding)));
            }
        }
    }

    private Stream<InstallationCheck> checks(WatchedPlace at, WatchedPlaces all, AccountCredentials credentials) {
        Optional<String> id = Optional.of(at.place().id()).filter(known -> !known.isEmpty());
        Supplier<Set<String>> openHere = () -> open.get().stream()
                .filter(environment -> all.of(environment).equals(Optional.of(at)))
                .map(EnvironmentName::resourceName)
                .collect(Collectors.toSet());
        return Stream.of(
                new AwsCheck(at.region(), endpoint, openHere, id, credentials),
                new DoctorPermissions(at.region(), endpoint, credentials));
    }

    private static Finding named(AwsPlace place, Finding finding) {
        return place.title()
                .map(title -> new Finding(
                        finding.area(),
                        title + ", " + finding.subject(),
                        finding.status(),
                        finding.meaning(),
                        finding.remedy()))
                .orElse(finding);
    }
}
