package dev.bastion.cli;

import dev.bastion.apply.OutcomeReporter;
import dev.bastion.apply.RunResult;
import dev.bastion.apply.run.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Tells another reporter everything in its order, from a thread of its own: a forge that is slow or down neither slows a run
 * nor fails it.
 */
final class BackgroundReporter implements OutcomeReporter, AutoCloseable {
    /** How long the end of a run waits for the forge: a request and its repetition, as a rule. */
    static final Duration USUAL_PATIENCE = Duration.ofSeconds(15);

    private final OutcomeReporter told;
    private final Progress progress;
    private final Duration patience;
    private final ExecutorService inOrder = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("forge-reporter").factory());

    /** @param patience how long {@link #close()} waits for what is not told yet */
    BackgroundReporter(OutcomeReporter told, Progress progress, Duration patience) {
        this.told = told;
        this.progress = progress;
        this.patience = patience;
    }

    @Override
    public void started(String environment, Optional<String> commit) {
        later(() -> told.started(environment, commit));
    }

    @Override
    public void succeeded(RunResult result) {
        later(() -> told.succeeded(result));
    }

    @Override
    public void failed(RunResult result) {
        later(() -> told.failed(result));
    }

    private void later(Runnable telling) {
        inOrder.execute(() -> {
            try {
                telling.run();
            } catch (RuntimeException e) {
                progress.say("the forge was not told: " + Progress.oneLine(String.valueOf(e.getMessage())));
            }
        });
    }

    /** Waits, but not for long, until everything is told. */
    @Override
    public void close() {
        inOrder.shutdown();
        try {
            if (!inOrder.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                inOrder.shutdownNow();
                progress.say("the forge did not answer within " + patience.toSeconds()
                        + " s of the end; what its status of this commit says is out of date");
            }
        } catch (InterruptedException _) {
            inOrder.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
