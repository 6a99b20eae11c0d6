package dev.bastion.sandbox.slack.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listeners to any visible change of the workspace. */
public final class ChangeListeners {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    public void changed() {
        listeners.forEach(Runnable::run);
    }
}
