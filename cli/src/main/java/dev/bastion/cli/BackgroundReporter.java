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
 * A reporter that calls another one in order on its own thread, so that a slow or unreachable GitHub neither delays nor
 * fails a run.
 */
final class BackgroundReporter implements OutcomeReporter, AutoCloseable {
    /** How long a run waits at its end for GitHub; enough for one request and a retry. */
    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(15);

    private final OutcomeReporter delegate;
    private final Progress progress;
    private final Duration timeout;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("github-reporter").factory());

    /** @param timeout how long {@link #close()} waits for outstanding reports */
    BackgroundReporter(OutcomeReporter delegate, Progress progress, Duration timeout) {
        this.delegate = delegate;
        this.progress = progress;
        this.timeout = timeout;
    }

    @Override
    public void started(String environment, Optional<String> commit) {
        submit(() -> delegate.started(environment, commit));
    }

    @Override
    public void succeeded(RunResult result) {
        submit(() -> delegate.succeeded(result));
    }

    @Override
    public void failed(RunResult result) {
        submit(() -> delegate.failed(result));
    }

    private void submit(Runnable report) {
        executor.execute(() -> {
            try {
                report.run();
            } catch (RuntimeException e) {
                progress.say(
                        "the run could not be reported to GitHub: " + Progress.oneLine(String.valueOf(e.getMessage())));
            }
        });
    }

    /** Waits for the outstanding reports, at most the timeout. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
                progress.say("GitHub did not respond within " + timeout.toSeconds()
                        + " s after the run; the commit status there is out of date");
            }
        } catch (InterruptedException _) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
