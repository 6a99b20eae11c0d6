package dev.bastion.sandbox.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.websocket.WsContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The app's WebSockets, and the tickets that let it open one. */
final class Connections {
    private static final int MOST = 10;

    private final Identity app;
    private final Ids ids;
    private final List<Connection> open = new CopyOnWriteArrayList<>();
    private final Set<String> tickets = new HashSet<>();
    private final AtomicInteger turn = new AtomicInteger();

    Connections(Identity app, Ids ids) {
        this.app = app;
        this.ids = ids;
    }

    /** Lets one connection in. */
    synchronized String issueTicket() {
        if (open.size() >= MOST) {
            throw new SlackError("too_many_websockets");
        }
        String ticket = ids.next("");
        tickets.add(ticket);
        return ticket;
    }

    synchronized boolean redeem(String ticket) {
        return tickets.remove(ticket);
    }

    void add(WsContext socket) {
        Connection connection = new Connection(socket);
        open.add(connection);
        ObjectNode hello = Json.object().put("type", "hello").put("num_connections", open.size());
        hello.putObject("connection_info").put("app_id", app.app());
        hello.putObject("debug_info").put("host", "sandbox").put("approximate_connection_time", 18060);
        connection.send(hello);
    }

    void remove(WsContext socket) {
        open.removeIf(connection -> connection.is(socket));
    }

    int count() {
        return open.size();
    }

    /** True when there is one that has not been told to end. */
    boolean hasYoung() {
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

    /** Warns every connection that it will be closed, and says which they were; younger ones are used from now on. */
    List<Connection> announceEnd() {
        List<Connection> old = List.copyOf(open);
        old.forEach(Connection::warn);
        return old;
    }

    void cut() {
        open.forEach(Connection::cut);
    }
}
