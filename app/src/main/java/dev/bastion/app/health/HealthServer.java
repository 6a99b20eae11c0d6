package dev.bastion.app.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * The HTTP server of {@code /healthz} (200 while the process runs), {@code /readyz} (200 when all conditions hold, else
 * 503, with one line per condition and remark) and {@code /metrics} (Prometheus text). Other paths are 404. Only GET
 * and HEAD.
 */
public final class HealthServer implements AutoCloseable {
    private final HttpServer server;
    private final List<HealthCondition> conditions;
    private final PrometheusMeterRegistry metrics;

    /** Starts listening; port 0 selects a free port. */
    public HealthServer(String host, int port, List<HealthCondition> conditions, PrometheusMeterRegistry metrics) {
        this.conditions = List.copyOf(conditions);
        this.metrics = metrics;
        this.server = listen(host, port);
        server.createContext("/", exchange -> answer(exchange, 404, "not found\n"));
        server.createContext("/healthz", exchange -> answer(exchange, 200, "alive\n"));
        server.createContext("/readyz", this::readiness);
        server.createContext("/metrics", exchange -> answer(exchange, 200, this.metrics.scrape()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private static HttpServer listen(String host, int port) {
        try {
            return HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on http.host " + host + ", http.port " + port, e);
        }
    }

    private void readiness(HttpExchange exchange) throws IOException {
        boolean ready = conditions.stream().allMatch(HealthCondition::holds);
        String lines = conditions.stream().map(HealthCondition::lines).collect(Collectors.joining());
        answer(exchange, ready ? 200 : 503, lines);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (!head && !exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
