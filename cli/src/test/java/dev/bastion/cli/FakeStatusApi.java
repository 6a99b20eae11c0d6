package dev.bastion.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bastion.apply.RunResult;
import dev.bastion.apply.run.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** GitHub's commit status API on a local port. It records each status and can hold its responses. */
final class FakeStatusApi implements AutoCloseable {
    static final String COMMIT = "0123456789".repeat(4);

    private static final byte[] RESPONSE =
            "{\"id\": 1, \"name\": \"infrastructure\", \"full_name\": \"acme/infrastructure\", \"owner\": {\"login\": \"acme\"}}"
                    .getBytes(StandardCharsets.UTF_8);

    /** The requests, in order of arrival. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** The statuses, in order: commit, context, state and description. */
    final List<String> statuses = new CopyOnWriteArrayList<>();

    private final List<String> existing = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    FakeStatusApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Holds every response until {@link #release}. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    void release() {
        gate.countDown();
    }

    /** Answers every status of this commit as GitHub does when there is no such commit. */
    void refuse(String commit) {
        refused.add(commit);
    }

    /** Adds a status that every commit has; the earlier of two is the newer one, as GitHub lists them. */
    void has(String login, String context, String state) {
        existing.add(("{\"id\": 1, \"context\": \"%s\", \"state\": \"%s\", \"description\": \"\","
                        + " \"creator\": {\"login\": \"%s\"}, \"created_at\": \"2026-01-15T10:30:00Z\"}")
                .formatted(context, state, login));
    }

    /** The variables of a GitHub Actions job whose API is this server. */
    Map<String, String> environment() {
        return Map.of(
                "GITHUB_API_URL", "http://127.0.0.1:" + server.getAddress().getPort(),
                "GITHUB_REPOSITORY", "acme/infrastructure",
                "GITHUB_TOKEN", "t");
    }

    /** The result of a run with one changed instance. */
    static RunResult result(String environment, String command, Outcome outcome, List<String> objections) {
        return new RunResult(
                environment,
                command,
                "open",
                "cdktf",
                Optional.of(COMMIT),
                Optional.empty(),
                outcome,
                Optional.empty(),
                Optional.empty(),
                "+1 instance",
                List.of(),
                objections,
                List.of(),
                Map.of(),
                Instant.parse("2026-01-15T10:30:00Z"),
                Duration.ofSeconds(30),
                Map.of());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            gate.await();
            if (refused.stream().anyMatch(exchange.getRequestURI().getPath()::endsWith)) {
                exchange.sendResponseHeaders(422, -1);
                return;
            }
            boolean isPost = exchange.getRequestMethod().equals("POST");
            if (isPost) {
                record(exchange.getRequestURI().getPath(), new JsonMapper().readTree(body));
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            byte[] response = !isPost && exchange.getRequestURI().getPath().endsWith("/statuses")
                    ? ("[" + String.join(",", existing) + "]").getBytes(StandardCharsets.UTF_8)
                    : RESPONSE;
            exchange.sendResponseHeaders(isPost ? 201 : 200, response.length);
            exchange.getResponseBody().write(response);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(String path, JsonNode status) {
        statuses.add(path.substring(path.lastIndexOf('/') + 1) + " "
                + status.path("context").asText() + " "
                + status.path("state").asText() + " "
                + status.path("description").asText());
    }

    @Override
    public void close() {
        release();
        server.stop(0);
    }
}
