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
 * The runs of several environments, in parallel and begun in their order, each under the lock of its own state. A failure of
 * one is none of the others'.
 */
public final class ParallelRuns {
    private final InstantSource clock;
    private final Progress progress;
    private final ShutdownRequest shutdown;
    private final int parallel;

    /** @param parallel how many run at once, 1 or more */
    public ParallelRuns(InstantSource clock, Progress progress, ShutdownRequest shutdown, int parallel) {
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

    /**
     * Runs all of them, and returns when the last has ended. Never throws: a failure is an environment's result.
     *
     * @param head the commit that is applied or planned
     */
    public ChangedResult run(String head, List<Changed> environments, Operation operation) {
        Instant startedAt = clock.instant();
        List<CompletableFuture<Optional<RunResult>>> runs = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(
                parallel, Thread.ofPlatform().name("run-", 0).factory())) {
            for (Changed environment : environments) {
                runs.add(CompletableFuture.supplyAsync(() -> runUnlessStopped(environment, operation), workers));
            }
        }
        List<RunResult> results = new ArrayList<>();
        List<String> notStarted = new ArrayList<>();
        for (int at = 0; at < runs.size(); at++) {
            String name = environments.get(at).environment().value();
            runs.get(at).join().ifPresentOrElse(results::add, () -> notStarted.add(name));
        }
        return new ChangedResult(head, startedAt, results, notStarted);
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
