package dev.bastion.sandbox.ci;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;

/** Named queues: jobs of the same name run one after the other in order, jobs of different names in parallel. */
final class JobQueues {
    private final ExecutorService workers;
    private final Map<String, Queue<Runnable>> waiting = new HashMap<>();

    JobQueues(ExecutorService workers) {
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
