package dev.bastion.sandbox.slack.socket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.model.Json;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A WebSocket connection of the app. */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final long LONGEST_MESSAGE = 1 << 20;

    private final WsContext socket;
    private volatile boolean retiring;

    Connection(WsContext socket) {
        this.socket = socket;
        socket.session.setIdleTimeout(Duration.ofMinutes(5));
        socket.session.setMaxTextMessageSize(LONGEST_MESSAGE);
    }

    boolean is(WsContext other) {
        return socket.sessionId().equals(other.sessionId());
    }

    /** An old connection gets nothing new while there is a younger one. */
    boolean isRetiring() {
        return retiring;
    }

    /** It will be closed soon. */
    void warn() {
        retiring = true;
        disconnect("warning");
    }

    /** It is closed now. */
    void end() {
        disconnect("refresh_requested");
        socket.closeSession(1000, "refresh");
    }

    private void disconnect(String reason) {
        ObjectNode message = Json.object().put("type", "disconnect").put("reason", reason);
        message.putObject("debug_info").put("host", "sandbox");
        send(message);
    }

    /** False when it could not be sent: the connection is gone. */
    boolean send(ObjectNode message) {
        try {
            synchronized (this) {
                socket.send(message.toString());
            }
            return true;
        } catch (RuntimeException gone) {
            LOG.debug("a Socket Mode connection is gone", gone);
            return false;
        }
    }

    /** Without a goodbye, as networks do. */
    void cut() {
        socket.session.disconnect();
    }
}
