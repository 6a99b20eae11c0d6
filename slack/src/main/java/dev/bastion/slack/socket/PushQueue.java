package dev.bastion.slack.socket;

import com.slack.api.socket_mode.queue.SocketModeMessageQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The SDK puts messages into a queue that ten tasks poll every ten milliseconds, all day. Here a message is handed on as it
 * arrives, and nothing polls.
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
