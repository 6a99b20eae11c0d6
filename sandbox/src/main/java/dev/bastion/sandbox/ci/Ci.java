package dev.bastion.sandbox.ci;

import dev.bastion.sandbox.github.git.BareRepository;
import dev.bastion.sandbox.github.git.CommitHistory;
import dev.bastion.sandbox.github.git.Push;
import dev.bastion.sandbox.github.pulls.PullRequest;
import dev.bastion.sandbox.github.pulls.PullRequestChange;
import dev.bastion.sandbox.page.CiRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The simulated CI: applies the environments that a push changed, plans those that a pull request would change, and lists
 * its runs.
 */
public final class Ci implements AutoCloseable {
    private final CiSettings settings;
    private final BareRepository repository;
    private final CiFaults faults = new CiFaults();
    private final JobRunner runner;
    private final ExecutorService workers;
    private final JobQueues queues;
    private final AtomicLong numbers = new AtomicLong();
    private final List<Run> runs = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public Ci(CiSettings settings, BareRepository repository) {
        this.settings = settings;
        this.repository = repository;
        this.runner = new JobRunner(settings, faults, this::changed);
        this.workers = Executors.newFixedThreadPool(
                settings.parallel(), Thread.ofPlatform().name("ci-", 0).factory());
        this.queues = new JobQueues(workers);
    }

    /** Queues a run of what the push changed, or one for each environment; only the default branch counts. Does not block. */
    public void pushed(Push push) {
        if (!push.branch().equals(BareRepository.DEFAULT_BRANCH) || push.after().equals(Push.NOTHING)) {
            return;
        }
        List<EnvironmentDirectory> changed = ChangedEnvironments.between(repository.git(), push.before(), push.after());
        switch (settings.scope()) {
            case PUSH -> {
                if (!changed.isEmpty()) {
                    queue(apply(push, changed));
                }
            }
            case ENVIRONMENT -> changed.forEach(each -> queue(apply(push, List.of(each))));
        }
        changed();
    }

    private CiJob.Apply apply(Push push, List<EnvironmentDirectory> environments) {
        return new CiJob.Apply(settings.scope(), environments, push.before(), push.after(), push.branch());
    }

    /**
     * Queues one plan of what a pull request changes, whenever its head is a new one; the plan of its old head is cancelled.
     * Does not block.
     */
    public void pullRequest(PullRequestChange change) {
        switch (change.kind()) {
            case OPENED, HEAD_MOVED, REOPENED -> plan(change.pullRequest());
            case EDITED, REVIEWED, COMMENTED, CLOSED, MERGED -> {}
        }
    }

    private void plan(PullRequest pull) {
        runs.stream()
                .filter(run -> run.work() instanceof CiJob.Plan plan && plan.pullRequest() == pull.number())
                .forEach(runner::cancel);
        String start = new CommitHistory(repository).mergeBase(pull.baseCommit(), pull.head());
        List<EnvironmentDirectory> changed = ChangedEnvironments.between(repository.git(), start, pull.head());
        if (!changed.isEmpty()) {
            queue(new CiJob.Plan(changed, pull.head(), pull.number(), pull.branch()));
        }
        changed();
    }

    public CiFaults faults() {
        return faults;
    }

    /** Starts a run again, as a person does with the forge's button. */
    public void startAgain(String id) {
        find(id).ifPresent(run -> queue(run.work()));
        changed();
    }

    /** Newest first. */
    public List<CiRun> runs() {
        return runs.reversed().stream().map(Run::view).toList();
    }

    public Optional<CiRun> run(String id) {
        return find(id).map(Run::view);
    }

    /** All that a run has printed up to now; empty when there is no such run. */
    public String output(String id) {
        return find(id).filter(run -> Files.exists(run.output())).map(Ci::read).orElse("");
    }

    /** Adds a listener that any thread calls when a run is queued, changes or prints output. It must not block. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        workers.shutdownNow();
        runner.stop();
        try {
            if (!workers.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a CI run did not stop within 10 seconds");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void queue(CiJob work) {
        long number = numbers.incrementAndGet();
        Run run = new Run(number, work, settings.folder().resolve(String.valueOf(number)));
        if (faults.cancelsWaiting(run)) {
            runs.stream()
                    .filter(other -> other.work().queue().equals(work.queue()))
                    .filter(other -> other.view().state() == CiRun.State.QUEUED)
                    .forEach(this::cancel);
        }
        runs.add(run);
        queues.add(work.queue(), () -> {
            runner.run(run);
            changed();
        });
    }

    private void cancel(Run run) {
        runner.cancel(run);
        faults.wake();
    }

    private Optional<Run> find(String id) {
        return runs.stream()
                .filter(run -> String.valueOf(run.number()).equals(id))
                .findFirst();
    }

    private static String read(Run run) {
        try {
            return Files.readString(run.output());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + run.output(), failure);
        }
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }
}
