package dev.bastion.sandbox.world;

import dev.bastion.sandbox.emulator.StartupException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The service's readiness, read from its {@code /readyz}. */
final class ServiceHealth {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final int MOST_ENDS = 2;
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;

    ServiceHealth(URI base) {
        this.base = base;
    }

    /** The address of the service's health endpoints. */
    URI base() {
        return base;
    }

    /** @throws StartupException when it is not ready within 90 seconds, or exits repeatedly */
    void awaitReady(ServiceProcess service) {
        Instant end = Instant.now().plus(LONGEST);
        int launches = service.launches() + MOST_ENDS;
        while (!isReady()) {
            if (service.launches() > launches) {
                throw new StartupException("the service exits right after each start", service.log());
            }
            if (Instant.now().isAfter(end)) {
                throw new StartupException(
                        "the service is not ready after " + LONGEST.toSeconds() + " s", service.log());
            }
            try {
                Thread.sleep(BETWEEN);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new StartupException("waiting for the service was interrupted", service.log());
            }
        }
    }

    private boolean isReady() {
        return ask().filter(answer -> answer.statusCode() == 200).isPresent();
    }

    /** What {@code /readyz} says; empty where it does not answer. */
    String read() {
        return ask().map(HttpResponse::body).orElse("");
    }

    private Optional<HttpResponse<String>> ask() {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/readyz"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return Optional.of(http.send(request, BodyHandlers.ofString()));
        } catch (IOException notYet) {
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
