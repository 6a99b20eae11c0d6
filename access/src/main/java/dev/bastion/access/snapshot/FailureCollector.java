package dev.bastion.access.snapshot;

import dev.bastion.access.port.ReconcileLog;
import dev.bastion.access.telemetry.WorkContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * The failures of work on many items, where a failed item does not stop the next one. Each is logged at once and kept.
 * Running out of memory is not collected: it must end the process. Safe for many threads.
 */
public final class FailureCollector {
    private final ReconcileLog log;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    public FailureCollector(ReconcileLog log) {
        this.log = log;
    }

    /**
     * Does the work of one item.
     *
     * @param event the id under which a failure is logged
     * @param about fields that identify the item; they are those of its {@link WorkContext}, too
     */
    public void attempt(String event, Map<String, String> about, Runnable work) {
        try {
            WorkContext.current().with(about).run(work);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            failures.add(e);
            log.failed(event, about, e);
        }
    }

    /** As {@link #attempt}; returns what the work returns, and false when it fails. */
    public boolean returnsTrue(String event, Map<String, String> about, BooleanSupplier work) {
        var result = new AtomicBoolean();
        attempt(event, about, () -> result.set(work.getAsBoolean()));
        return result.get();
    }

    /** Throws the first failure, with the rest as suppressed ones; does nothing without failures. */
    public void throwIfAny() {
        Optional<Throwable> first = failures.stream().findFirst();
        first.ifPresent(failure -> failures.stream()
                .skip(1)
                .filter(other -> !other.equals(failure))
                .forEach(failure::addSuppressed));
        if (first.orElse(null) instanceof Error error) {
            throw error;
        }
        if (first.orElse(null) instanceof RuntimeException failure) {
            throw failure;
        }
    }
}
