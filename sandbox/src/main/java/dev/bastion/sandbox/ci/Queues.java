package dev.bastion.sandbox.ci;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;

/** A queue for each name: work of one name is done one after the other in order, work of different names side by side. */
final class Queues {
    private final ExecutorService workers;
    private final Map<String, Queue<Runnable>> waiting = new HashMap<>();

    Queues(ExecutorService workers) {
        this.workers = workers;
    }

    synchronized void add(String name, Runnable work) {
        Queue<Runnable> queue = waiting.get(name);
        if (queue == null) {
            waiting.put(name, new ArrayDeque<>());
            begin(name, work);
        } else {
            queue.add(work);
        }
    }

    private void begin(String name, Runnable work) {
        workers.execute(() -> {
            try {
                work.run();
            } finally {
                next(name);
            }
        });
    }

    private synchronized void next(String name) {
        Runnable work = waiting.getOrDefault(name, new ArrayDeque<>()).poll();
        if (work == null) {
            waiting.remove(name);
        } else if (!workers.isShutdown()) {
            begin(name, work);
        }
    }
}
