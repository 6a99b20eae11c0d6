package dev.bastion.slack.socket;

import com.slack.api.socket_mode.queue.SocketModeMessageQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A queue for the SDK that passes each message to a receiver as it arrives. The SDK's own is polled by ten tasks every ten
 * milliseconds.
 */
record PushQueue(Consumer<String> receiver) implements SocketModeMessageQueue {
    @Override
    public void add(String message) {
        receiver.accept(message);
    }

    @Override
    public @Nullable String poll() {
        return null;
    }
}
