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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** The check of every account and region of a ledger at the same time: role, account, region and permissions of each. */
public final class PlacesCheck implements InstallationCheck {
    /** How long one place may take: less than a diagnosis gives all of AWS, so that the silent place can be named. */
    private static final Duration LIMIT = Duration.ofSeconds(25);

    private final Supplier<WatchedPlaces> places;
    private final Optional<URI> endpoint;
    private final Supplier<Set<EnvironmentName>> open;
    private final AwsCredentialsProvider own;
    private final Duration limit;

    /**
     * Uses the AWS SDK's default credentials as the service's.
     *
     * @param open the environments that are open in the ledger; none where that is unknown
     */
    public PlacesCheck(Supplier<WatchedPlaces> places, Optional<URI> endpoint, Supplier<Set<EnvironmentName>> open) {
        this(places, endpoint, open, DefaultCredentialsProvider.builder().build(), LIMIT);
    }

    /**
     * The same with other credentials.
     *
     * @param limit how long one place may take
     */
    PlacesCheck(
            Supplier<WatchedPlaces> places,
            Optional<URI> endpoint,
            Supplier<Set<EnvironmentName>> open,
            AwsCredentialsProvider own,
            Duration limit) {
        this.limit = limit;
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
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Callable<Void>> checks = all.all().stream()
                    .<Callable<Void>>map(at -> () -> {
                        examine(at, all, found);
                        return null;
                    })
                    .toList();
            List<Future<Void>> ended = threads.invokeAll(checks, limit.toMillis(), TimeUnit.MILLISECONDS);
            throwIfAnyFailed(all.all(), ended);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the check was stopped", e);
        } finally {
            threads.shutdownNow(); // a place that hangs is left behind: nothing waits for it
        }
    }

    /** One fault that names every place that could not be looked at; what the others showed is found already. */
    private void throwIfAnyFailed(List<WatchedPlace> places, List<Future<Void>> ended) {
        List<String> failed = new ArrayList<>();
        for (int at = 0; at < ended.size(); at++) {
            String title =
                    places.get(at).place().title().map(name -> name + ": ").orElse("");
            failure(ended.get(at)).ifPresent(why -> failed.add(title + why));
        }
        if (!failed.isEmpty()) {
            throw new IllegalStateException(String.join("; ", failed));
        }
    }

    /** Why a place could not be looked at. */
    private Optional<String> failure(Future<Void> check) {
        return switch (check.state()) {
            case SUCCESS -> Optional.empty();
            case FAILED -> {
                if (check.exceptionNow() instanceof OutOfMemoryError fatal) {
                    throw fatal;
                }
                yield Optional.of(String.valueOf(check.exceptionNow().getMessage()));
            }
            case RUNNING, CANCELLED -> Optional.of("it did not answer within " + limit.toSeconds() + " s");
        };
    }

    private void examine(WatchedPlace at, WatchedPlaces all, Findings found) {
        try (AccountCredentials credentials = AccountCredentials.of(at, own, endpoint)) {
            Findings here = new Findings();
            try {
                checks(at, all, credentials).forEach(check -> check.examine(here));
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
