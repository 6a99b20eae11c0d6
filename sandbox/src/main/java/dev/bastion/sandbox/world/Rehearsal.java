package dev.bastion.sandbox.world;

import dev.bastion.sandbox.emulator.StartupException;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A training run for the image's Java: the service's most frequent operations, once each. */
final class Rehearsal {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** A Java that records a training run writes the record when the run ends. */
    private static final Duration GOODBYE = Duration.ofMinutes(3);

    private final RehearsalWorld world;
    private final AtomicInteger pushes = new AtomicInteger();

    Rehearsal(RehearsalWorld world) {
        this.world = world;
        world.forge().onPush(_ -> pushes.incrementAndGet());
    }

    /** @throws StartupException when the service does not react */
    void play(List<String> command) {
        ServiceProcess service = world.serve(command);
        try {
            play(service);
        } finally {
            service.stop(GOODBYE);
        }
    }

    private void play(ServiceProcess service) {
        types(service, "john.doe", "status");
        types(service, "john.doe", "create dev 10m INC-12 slow query on orders");
        types(service, "max.mustermann", "create dev 10m I would like it too");
        types(service, "max.mustermann", "create prod 10m INC-13 replay the failed payouts");
        until(
                service,
                "a pull request",
                () -> !world.forge().github().pullRequests().isEmpty());
        int before = pushes.get();
        types(service, "john.doe", "extend dev 30s");
        until(service, "an extension", () -> pushes.get() > before);
        types(service, "max.mustermann", "destroy prod");
        until(
                service,
                "a request taken back",
                () -> world.forge().github().pullRequests().stream()
                        .map(PullRequest::state)
                        .noneMatch(PullRequestState.Open.class::isInstance));
        int then = pushes.get();
        types(service, "john.doe", "destroy dev");
        until(service, "an end", () -> pushes.get() > then);
    }

    /** Types a command and waits for the ephemeral answer. */
    private void types(ServiceProcess service, String who, String text) {
        int before = world.slack().ephemerals(who).size();
        world.slack().as(who).command("/bastion", text).acknowledged();
        until(
                service,
                "an answer to " + text,
                () -> world.slack().ephemerals(who).size() > before);
    }

    private static void until(ServiceProcess service, String what, BooleanSupplier isSeen) {
        Instant end = Instant.now().plus(LONGEST);
        while (!isSeen.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new StartupException(what + " was not seen within " + LONGEST.toSeconds() + " s", service.log());
            }
            try {
                Thread.sleep(Duration.ofMillis(20));
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new StartupException("waiting for " + what + " was interrupted", service.log());
            }
        }
    }
}
