package dev.bastion.apply;

import dev.bastion.apply.ChangedEnvironments.Changed;
import dev.bastion.apply.DueEnvironments.Due;
import dev.bastion.apply.run.Outcome;
import dev.bastion.apply.run.Progress;
import dev.bastion.apply.terraform.ShutdownRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The runs of several environments, in parallel and begun in their order, each under the lock of its own state. A failure of
 * one is none of the others'. What is pushed while they run is taken up, so that a closing does not wait for an opening of another
 * environment that takes long.
 */
public final class ParallelRuns {
    private final InstantSource clock;
    private final Progress progress;
    private final ShutdownRequest shutdown;
    private final int parallel;

    /** @param parallel how many run at once, 1 or more; one closing more */
    public ParallelRuns(InstantSource clock, Progress progress, ShutdownRequest shutdown, int parallel) {
        this.clock = clock;
        this.progress = progress;
        this.shutdown = shutdown;
        this.parallel = parallel;
    }

    /** The run of one environment at a commit. */
    @FunctionalInterface
    public interface Operation {
        RunResult run(String head, Changed environment);
    }

    /**
     * How a run takes up what is pushed.
     *
     * @param pause between two looks at the branch while environments run; each one that ends is followed by a look as well
     * @param during how long after its begin the run takes up more: it must end before CI stops it
     * @param lastLook how long the run waits, when nothing else is left, for a look that has begun
     */
    public record TakingUp(Duration pause, Duration during, Duration lastLook) {
        /** Enough for a run of CI that may take 45 minutes: an environment takes a few. */
        public static final TakingUp USUAL =
                new TakingUp(Duration.ofSeconds(5), Duration.ofMinutes(20), Duration.ofMinutes(1));
    }

    /**
     * The end of runs that took up what was pushed.
     *
     * @param last what was taken up last: its head and all before it are applied, but for what the result says
     * @param isWhole whether every commit could be read
     */
    public record Followed(ChangedResult result, Due last, boolean isWhole) {}

    /**
     * Runs all of them, and returns when the last has ended. Never throws: a failure is an environment's result.
     *
     * @param head the commit that is applied or planned
     */
    public ChangedResult run(String head, List<Changed> environments, Operation operation) {
        Due due = new Due(head, List.of(), environments, List.of(), Optional.empty(), true);
        return follow(due, Pushes.NONE, TakingUp.USUAL, operation).result();
    }

    /** Runs all that is due and what is pushed meanwhile, each at the newest commit that is known when it begins. */
    public Followed follow(Due due, Pushes pushes, TakingUp takingUp, Operation operation) {
        return new Following(due, pushes, takingUp, operation).untilNothingIsLeft();
    }

    /** What happens on other threads comes here as an event; this thread alone changes the queue. */
    private final class Following {
        private final Pushes pushes;
        private final TakingUp takingUp;
        private final Operation operation;
        private final Instant startedAt = clock.instant();
        private final RunQueue queue = new RunQueue(parallel);
        private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
        private Due last;
        private boolean isWhole = true;
        private boolean isLooking;
        private boolean isLookDue;
        private boolean isLookFailed;
        private boolean isInterrupted;

        Following(Due due, Pushes pushes, TakingUp takingUp, Operation operation) {
            this.pushes = pushes;
            this.takingUp = takingUp;
            this.operation = operation;
            this.last = due;
            takeUp(due);
        }

        Followed untilNothingIsLeft() {
            try (ExecutorService workers = Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().name("run-", 0).factory())) {
                do {
                    if (!isStopping()) {
                        begin(workers);
                        look();
                    }
                } while (isBusy() && handleNext());
            }
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
            ChangedResult result = new ChangedResult(last.head(), startedAt, queue.results(), queue.waiting());
            return new Followed(result, last, isWhole);
        }

        private boolean isBusy() {
            return queue.isRunning() || (!isStopping() && (queue.isWaiting() || isLooking));
        }

        private boolean isStopping() {
            return isInterrupted || shutdown.isRequested();
        }

        private void takeUp(Due due) {
            last = due;
            isWhole &= due.isWhole();
            queue.add(due);
        }

        private void begin(ExecutorService workers) {
            for (Optional<Changed> next = queue.begin(); next.isPresent(); next = queue.begin()) {
                Changed environment = next.get();
                String head = last.head();
                workers.execute(() -> {
                    Optional<RunResult> result = runUnlessStopped(head, environment, operation);
                    events.add(() -> ended(environment, result));
                });
            }
        }

        private void ended(Changed environment, Optional<RunResult> result) {
            result.ifPresentOrElse(each -> queue.end(environment, each), () -> queue.giveBack(environment));
            isLookDue = true;
        }

        /** On a thread of its own, which does not keep the process: a remote that does not answer holds up nothing. */
        private void look() {
            if (!isLookDue
                    || isLooking
                    || pushes.equals(Pushes.NONE)
                    || clock.instant().isAfter(startedAt.plus(takingUp.during()))) {
                return;
            }
            isLookDue = false;
            isLooking = true;
            String head = last.head();
            Thread.ofVirtual().name("look").start(() -> {
                try {
                    Optional<Due> due = pushes.since(head);
                    events.add(() -> looked(due));
                } catch (RuntimeException | Error e) {
                    events.add(() -> lookFailed(e));
                }
            });
        }

        private void looked(Optional<Due> due) {
            isLooking = false;
            due.ifPresent(each -> {
                progress.say("pushed meanwhile: " + each.line());
                each.notes().forEach(progress::say);
                takeUp(each);
                isLookDue |= each.all().isEmpty(); // no run whose end would be followed by a look
            });
        }

        private void lookFailed(Throwable e) {
            isLooking = false;
            if (!isLookFailed) {
                isLookFailed = true;
                progress.say("what was pushed meanwhile cannot be read, so it is left to the next run: "
                        + Progress.oneLine(String.valueOf(e.getMessage())));
            }
        }

        /** Returns false when nothing is left but a look that takes too long. */
        private boolean handleNext() {
            boolean isLastLook = !queue.isRunning();
            Duration wait = isLastLook ? takingUp.lastLook() : takingUp.pause();
            try {
                Runnable event = events.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
                if (event != null) {
                    event.run();
                    return true;
                }
            } catch (InterruptedException _) {
                isInterrupted = true;
            }
            isLookDue = true;
            return !isLastLook;
        }
    }

    private Optional<RunResult> runUnlessStopped(String head, Changed environment, Operation operation) {
        if (shutdown.isRequested()) {
            return Optional.empty();
        }
        try {
            return Optional.of(operation.run(head, environment));
        } catch (RuntimeException | Error e) {
            String name = environment.environment().value();
            String what = "an unexpected " + e.getClass().getSimpleName();
            progress.say(name + ": " + what);
            return Optional.of(new RunRecorder("apply", name, clock).failed(Outcome.FAILED, what));
        }
    }
}
