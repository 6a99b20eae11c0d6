package dev.bastion.sandbox.github.git;

import dev.bastion.sandbox.github.account.Account;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** The listeners to moves of branches, whether by git, by REST or by a merge. */
public final class PushListeners {
    private final List<BiConsumer<Push, Account>> listeners = new CopyOnWriteArrayList<>();

    /** Listeners are called in the order in which they were added. */
    public void on(BiConsumer<Push, Account> listener) {
        listeners.add(listener);
    }

    public void tell(Push push, Account pusher) {
        listeners.forEach(listener -> listener.accept(push, pusher));
    }
}
