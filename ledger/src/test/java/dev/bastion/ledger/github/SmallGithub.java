package dev.bastion.ledger.github;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of GitHub's REST interface as commit statuses need, with ETags, over a real socket. */
final class SmallGithub implements AutoCloseable {
    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> posted = new CopyOnWriteArrayList<>();
    private final Deque<String> statuses = new ArrayDeque<>();
    private final HttpServer server;
    private volatile int failWith;

    SmallGithub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v3/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v3");
    }

    void failWith(int status) {
        failWith = status;
    }

    /** One more status on every commit, newer than those before. */
    synchronized void says(String context, String state, String description) {
        statuses.addFirst("""
                {"id": %d, "context": "%s", "state": "%s", "description": "%s", "target_url": "https://ci.example/7"}""".formatted(statuses.size() + 1, context, state, description));
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (failWith != 0) {
            send(exchange, failWith, "{\"message\": \"not now\"}");
        } else if (path.endsWith("/app/installations/99")) {
            String tokens = url() + "/app/installations/99/access_tokens";
            note(exchange, path);
            send(exchange, 200, "{\"id\": 99, \"app_id\": 7, \"access_tokens_url\": \"" + tokens + "\"}");
        } else if (path.endsWith("/app")) {
            note(exchange, path);
            send(exchange, 200, "{\"id\": 7, \"name\": \"bastion\"}");
        } else if (path.endsWith("/access_tokens")) {
            note(exchange, path);
            send(exchange, 201, "{\"token\": \"ghs_made\", \"expires_at\": \"2099-01-01T00:00:00Z\"}");
        } else if (path.endsWith("/repos/acme/environments")) {
            note(exchange, path);
            send(
                    exchange,
                    200,
                    "{\"id\": 1, \"name\": \"environments\", \"full_name\": \"acme/environments\","
                            + " \"owner\": {\"login\": \"acme\", \"id\": 2}}");
        } else if (exchange.getRequestMethod().equals("POST")) {
            posted.add(path + " " + body);
            send(exchange, 201, "{\"id\": 5, \"state\": \"pending\"}");
        } else if (path.contains("/statuses")) {
            list(exchange);
        } else {
            // among others /rate_limit: an Enterprise server may have none
            send(exchange, 404, "{\"message\": \"Not Found\"}");
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        String tag = "\"" + statuses.size() + "\"";
        exchange.getResponseHeaders().add("ETag", tag);
        exchange.getResponseHeaders().add("Cache-Control", "private, max-age=60");
        if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            requests.add("statuses 304");
            exchange.sendResponseHeaders(304, -1);
            exchange.close();
        } else {
            requests.add("statuses 200");
            send(exchange, 200, "[" + String.join(",", statuses) + "]");
        }
    }

    private void note(HttpExchange exchange, String path) {
        String kind = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                .split(" ", 2)[0];
        requests.add(path.substring(path.lastIndexOf('/') + 1) + " " + kind);
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
