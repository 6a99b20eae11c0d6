package dev.bastion.simulation;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Histories that are played at once, each by one thread in a world of its own. Their results come in the order in which they
 * were added, so that the output does not depend on which is ready first.
 */
final class HistoryQueue implements AutoCloseable {
    /**
     * Operations of a seed.
     *
     * @param count how many the history has when none is left out
     * @param operations those that are played
     */
    record History(long seed, int count, List<Operation> operations) {}

    record Played(History history, Simulation.Result result) {}

    private final Simulation simulation;
    private final int most;
    private final ExecutorService threads;
    private final Queue<Future<Played>> playing = new ArrayDeque<>();

    /** @param most how many are played at once */
    HistoryQueue(Simulation simulation, int most) {
        this.simulation = simulation;
        this.most = most;
        this.threads = Executors.newFixedThreadPool(
                most, Thread.ofPlatform().name("history-", 0).daemon().factory());
    }

    /** Whether a thread has nothing to do once the oldest result is taken. */
    boolean hasRoom() {
        return playing.size() < most;
    }

    void add(History history) {
        playing.add(threads.submit(() -> new Played(history, simulation.play(history.operations()))));
    }

    /** The oldest result, once it is there; empty when nothing is played. */
    Optional<Played> take() {
        Future<Played> oldest = playing.poll();
        if (oldest == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(oldest.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a history could not be played", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a history was played", e);
        }
    }

    /** Starts no more histories, and waits for those that have begun: each deletes its world. */
    @Override
    public void close() {
        playing.forEach(each -> each.cancel(false));
        threads.close();
    }
}
