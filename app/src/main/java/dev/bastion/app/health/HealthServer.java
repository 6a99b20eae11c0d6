package dev.bastion.app.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The HTTP server of {@code /healthz} (200 while the service still works, else 503: restart it), {@code /readyz} (200 when
 * all conditions hold, else 503) and {@code /metrics} (Prometheus text). A 503 has one line per condition and remark. Other
 * paths are 404. Only GET and HEAD.
 */
public final class HealthServer implements AutoCloseable {
    /** https://prometheus.io/docs/instrumenting/exposition_formats/ */
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final List<HealthCondition> liveness;
    private final List<HealthCondition> readiness;
    private final PrometheusMeterRegistry metrics;

    /** Starts listening; port 0 selects a free port. */
    public HealthServer(
            String host,
            int port,
            List<HealthCondition> liveness,
            List<HealthCondition> readiness,
            PrometheusMeterRegistry metrics) {
        this.liveness = List.copyOf(liveness);
        this.readiness = List.copyOf(readiness);
        this.metrics = metrics;
        Stream.concat(liveness.stream(), readiness.stream()).forEach(this::measure);
        this.server = listen(host, port);
        server.createContext("/", exchange -> answer(exchange, 404, "not found\n"));
        server.createContext("/healthz", this::answerLiveness);
        server.createContext("/readyz", this::answerReadiness);
        server.createContext("/metrics", exchange -> answer(exchange, 200, PROMETHEUS, this.metrics.scrape()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void measure(HealthCondition condition) {
        Gauge.builder("bastion.condition", () -> condition.holds() ? 1 : 0)
                .description("Whether a condition of /healthz or /readyz holds: 1 or 0.")
                .tag("condition", condition.name())
                .register(metrics);
    }

    private static HttpServer listen(String host, int port) {
        HttpServerLimits.apply();
        try {
            return HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on http.host " + host + ", http.port " + port, e);
        }
    }

    private void answerLiveness(HttpExchange exchange) throws IOException {
        boolean isAlive = liveness.stream().allMatch(HealthCondition::holds);
        answer(exchange, liveness, isAlive ? "alive\n" : lines(liveness));
    }

    private void answerReadiness(HttpExchange exchange) throws IOException {
        answer(exchange, readiness, lines(readiness));
    }

    private static String lines(List<HealthCondition> conditions) {
        return conditions.stream().map(HealthCondition::lines).collect(Collectors.joining());
    }

    private static void answer(HttpExchange exchange, List<HealthCondition> conditions, String text)
            throws IOException {
        answer(exchange, conditions.stream().allMatch(HealthCondition::holds) ? 200 : 503, text);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        answer(exchange, status, "text/plain; charset=utf-8", text);
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (!head && !exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
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
