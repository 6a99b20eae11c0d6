package dev.bastion.sandbox.github;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Tells who wants to know that a branch moved, whoever moved it and however: by git, by REST, by a merge. */
final class Pushes {
    private final List<BiConsumer<Push, Account>> listeners = new CopyOnWriteArrayList<>();

    /** Listeners are told in the order in which they came. */
    void on(BiConsumer<Push, Account> listener) {
        listeners.add(listener);
    }

    void tell(Push push, Account pusher) {
        listeners.forEach(listener -> listener.accept(push, pusher));
    }
}
