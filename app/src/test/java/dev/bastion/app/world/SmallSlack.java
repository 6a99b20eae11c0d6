package dev.bastion.app.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** A fake of Slack's Web API over HTTP that says which scopes the token has, as Slack does. */
public final class SmallSlack implements AutoCloseable {
    public static final String MANIFEST =
            "commands,chat:write,channels:history,groups:history,im:write,im:history,im:read,users:read";

    private final HttpServer server;
    private final Map<String, String> errors = new ConcurrentHashMap<>();
    private volatile String scopes = MANIFEST;
    private volatile boolean isArchived;
    private volatile boolean isDown;

    public SmallSlack() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public String apiUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/";
    }

    /** Answers a method with an error, like {@code not_in_channel}. */
    public void refuse(String method, String error) {
        errors.put(method, error);
    }

    /** The scopes of the token, separated by commas. */
    public void grant(String granted) {
        scopes = granted;
    }

    public void archive() {
        isArchived = true;
    }

    public void down() {
        isDown = true;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String method = exchange.getRequestURI().getPath().replaceAll(".*/", "");
            String error = errors.get(method);
            String body = error != null ? "{\"ok\": false, \"error\": \"" + error + "\"}" : result(method);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.getResponseHeaders().set("X-OAuth-Scopes", scopes);
            exchange.sendResponseHeaders(isDown ? 503 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String result(String method) {
        return switch (method) {
            case "auth.test" -> "{\"ok\": true, \"user\": \"bastion\", \"team\": \"Acme\", \"bot_id\": \"B1\"}";
            case "apps.connections.open" -> "{\"ok\": true, \"url\": \"wss://127.0.0.1/\"}";
            case "conversations.history" ->
                "{\"ok\": true, \"messages\": ["
                        + (isArchived ? "{\"type\": \"message\", \"subtype\": \"channel_archive\"}" : "") + "]}";
            case "conversations.info" ->
                "{\"ok\": true, \"channel\": {\"id\": \"C0123ABC\", \"is_archived\": " + isArchived + "}}";
            default -> "{\"ok\": false, \"error\": \"unknown_method\"}";
        };
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
