package dev.bastion.ledger.write;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that many ask for at once and that is done once for all of them: whoever asks gets an answer whose making began
 * after they asked.
 */
public final class CoalescedRead<T> {
    private final Supplier<T> work;
    private final ReentrantLock running = new ReentrantLock();
    private final Object waiting = new Object();
    private @Nullable CompletableFuture<T> next;

    public CoalescedRead(Supplier<T> work) {
        this.work = work;
    }

    /** The answer, or what the work threw. */
    public T ask() {
        CompletableFuture<T> mine;
        boolean first;
        synchronized (waiting) {
            CompletableFuture<T> joined = next;
            first = joined == null;
            mine = joined == null ? new CompletableFuture<>() : joined;
            next = mine;
        }
        if (first) {
            run(mine);
        }
        return await(mine);
    }

    private void run(CompletableFuture<T> mine) {
        running.lock();
        try {
            synchronized (waiting) {
                next = null;
            }
            mine.complete(work.get());
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
        } finally {
            running.unlock();
        }
    }

    private static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
