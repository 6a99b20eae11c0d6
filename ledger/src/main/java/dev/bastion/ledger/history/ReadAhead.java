package dev.bastion.ledger.history;

import dev.bastion.ledger.git.object.CommitReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The reading of a first-parent line by several threads, ahead of the replay, which takes the commits in their order. What is
 * read and not taken yet is bounded.
 */
final class ReadAhead implements AutoCloseable {
    static final int BATCH = 128;
    private static final int MOST_THREADS = 8;

    private final LineReader reader;
    private final CommitReader clone;
    private final ExecutorService threads;
    private final int mostAhead;
    private final Deque<CompletableFuture<LineReader.Batch>> ahead = new ArrayDeque<>();
    private final int before;
    private int started;

    /** @param before the commits before the line: a batch has the same commits wherever the reading starts */
    ReadAhead(LineReader reader, CommitReader clone, int before) {
        this.before = before;
        this.reader = reader;
        this.clone = clone;
        int count = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
        this.threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name("history-", 0).factory());
        this.mostAhead = count + 1;
    }

    /** Whether commits are left to take. */
    boolean hasNext() {
        while (ahead.size() < mostAhead && started < reader.line().size()) {
            int from = started;
            int to = Math.min(
                    from + BATCH - (before + from) % BATCH, reader.line().size());
            ahead.add(CompletableFuture.supplyAsync(() -> reader.read(clone, from, to), threads));
            started = to;
        }
        return !ahead.isEmpty();
    }

    /** The next commits. A failure of their reading is thrown as it was. */
    LineReader.Batch next() {
        try {
            return ahead.removeFirst().join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
