package dev.bastion.sandbox.slack;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells those who look that something in the workspace may look different now. */
final class Feed {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void changed() {
        listeners.forEach(Runnable::run);
    }
}
