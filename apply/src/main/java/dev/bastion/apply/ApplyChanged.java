package dev.bastion.apply;

import dev.bastion.apply.ChangedEnvironments.Changed;
import dev.bastion.apply.run.Outcome;
import dev.bastion.apply.run.Progress;
import dev.bastion.apply.terraform.ShutdownRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The run that applies several environments, in parallel and in their order, each under the lock of its own state. None waits
 * for another one, and a failure of one is none of the others'.
 */
public final class ApplyChanged {
    private final InstantSource clock;
    private final Progress progress;
    private final ShutdownRequest shutdown;
    private final int parallel;

    /** @param parallel how many environments are applied at once, 1 or more */
    public ApplyChanged(InstantSource clock, Progress progress, ShutdownRequest shutdown, int parallel) {
        this.clock = clock;
        this.progress = progress;
        this.shutdown = shutdown;
        this.parallel = parallel;
    }

    /** The run of one environment. */
    @FunctionalInterface
    public interface Operation {
        RunResult run(Changed environment);
    }

    /** Applies the environments. Never throws: a failure is an environment's result. */
    public ChangedResult apply(DueEnvironments.Due due, Operation operation) {
        Instant startedAt = clock.instant();
        List<CompletableFuture<Optional<RunResult>>> runs = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(
                parallel, Thread.ofPlatform().name("apply-", 0).factory())) {
            for (Changed environment : due.all()) {
                runs.add(CompletableFuture.supplyAsync(() -> runUnlessStopped(environment, operation), workers));
            }
        }
        List<RunResult> results = new ArrayList<>();
        List<String> notStarted = new ArrayList<>();
        for (int at = 0; at < runs.size(); at++) {
            String name = due.all().get(at).environment().value();
            runs.get(at).join().ifPresentOrElse(results::add, () -> notStarted.add(name));
        }
        return new ChangedResult(due.head(), startedAt, results, notStarted);
    }

    private Optional<RunResult> runUnlessStopped(Changed environment, Operation operation) {
        if (shutdown.isRequested()) {
            return Optional.empty();
        }
        try {
            return Optional.of(operation.run(environment));
        } catch (RuntimeException e) {
            String name = environment.environment().value();
            String what = "an unexpected " + e.getClass().getSimpleName();
            progress.say(name + ": " + what);
            return Optional.of(new RunRecorder("apply", name, clock).failed(Outcome.FAILED, what));
        }
    }
}
