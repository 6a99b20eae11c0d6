package dev.bastion.sandbox.slack.socket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.slack.model.AppIdentity;
import dev.bastion.sandbox.slack.model.Ids;
import dev.bastion.sandbox.slack.model.Json;
import dev.bastion.sandbox.slack.model.SlackException;
import io.javalin.websocket.WsContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The app's open WebSockets, and the tickets that allow it to open one. */
public final class Connections {
    private static final int MOST = 10;

    private final AppIdentity app;
    private final Ids ids;
    private final List<Connection> open = new CopyOnWriteArrayList<>();
    private final Set<String> tickets = new HashSet<>();
    private final AtomicInteger turn = new AtomicInteger();

    public Connections(AppIdentity app, Ids ids) {
        this.app = app;
        this.ids = ids;
    }

    /** Lets one connection in. */
    public synchronized String issueTicket() {
        if (open.size() >= MOST) {
            throw new SlackException("too_many_websockets");
        }
        String ticket = ids.next("");
        tickets.add(ticket);
        return ticket;
    }

    public synchronized boolean redeem(String ticket) {
        return tickets.remove(ticket);
    }

    public void add(WsContext socket) {
        Connection connection = new Connection(socket);
        open.add(connection);
        ObjectNode hello = Json.object().put("type", "hello").put("num_connections", open.size());
        hello.putObject("connection_info").put("app_id", app.app());
        hello.putObject("debug_info").put("host", "sandbox").put("approximate_connection_time", 18060);
        connection.send(hello);
    }

    public void remove(WsContext socket) {
        open.removeIf(connection -> connection.is(socket));
    }

    public int count() {
        return open.size();
    }

    /** True when there is a connection that was not asked to close. */
    public boolean hasYoung() {
        return open.stream().anyMatch(connection -> !connection.isRetiring());
    }

    /** Each connection in its turn; the old ones only when there are no others. */
    Optional<Connection> next() {
        List<Connection> young =
                open.stream().filter(connection -> !connection.isRetiring()).toList();
        List<Connection> choice = young.isEmpty() ? open : young;
        return choice.isEmpty()
                ? Optional.empty()
                : Optional.of(choice.get(Math.floorMod(turn.getAndIncrement(), choice.size())));
    }

    /** Warns every connection that it will be closed, and returns them; envelopes go to newer ones afterwards. */
    List<Connection> announceEnd() {
        List<Connection> old = List.copyOf(open);
        old.forEach(Connection::warn);
        return old;
    }

    public void cut() {
        open.forEach(Connection::cut);
    }
}
