package dev.bastion.cli.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An API with answers in order for each route, the last one for ever, and what it was asked. */
final class FakeApi implements AutoCloseable {
    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();

    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();

    FakeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    FakeApi answers(String route, int status, String body) {
        answers.computeIfAbsent(route, _ -> new ArrayDeque<>()).add(new Answer(status, body));
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String route = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            calls.add(exchange.getRequestHeaders().getFirst("Authorization") + " " + route + " " + body);
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
            Queue<Answer> rest = answers.getOrDefault(route, new ArrayDeque<>(List.of(new Answer(404, "{}"))));
            Answer next = rest.size() > 1 ? rest.remove() : rest.element();
            byte[] bytes = next.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(next.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
