package dev.bastion.ledger.write;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A read that concurrent callers share. Each caller gets a result whose reading began after the call. */
public final class CoalescedRead<T> {
    private final Supplier<T> work;
    private final ReentrantLock running = new ReentrantLock();
    private final Object waiting = new Object();
    private @Nullable CompletableFuture<T> next;

    public CoalescedRead(Supplier<T> work) {
        this.work = work;
    }

    /** The result, or the exception that the work threw. */
    public T read() {
        CompletableFuture<T> result;
        boolean isFirst;
        synchronized (waiting) {
            CompletableFuture<T> pending = next;
            isFirst = pending == null;
            result = pending == null ? new CompletableFuture<>() : pending;
            next = result;
        }
        if (isFirst) {
            run(result);
        }
        return join(result);
    }

    private void run(CompletableFuture<T> result) {
        running.lock();
        try {
            synchronized (waiting) {
                next = null;
            }
            result.complete(work.get());
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        } finally {
            running.unlock();
        }
    }

    /** The result; what the work threw is thrown here as it is, an error as well. */
    public static <T> T join(CompletableFuture<T> result) {
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
