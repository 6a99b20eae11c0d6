package dev.bastion.app.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bastion.app.health.HttpServerLimits;
import dev.bastion.app.oidc.OidcIssuers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * The HTTP server of the API, on a port of its own, so that no caller can keep {@code /healthz} waiting. It bounds bodies
 * and the calls that it answers at once; {@link HttpServerLimits} bounds headers, connections and time. It speaks plain HTTP:
 * what is in front of it adds TLS.
 */
public final class ApiServer implements AutoCloseable {
    /** The most bytes of a body. */
    static final int MOST_BYTES = 16 * 1024;

    private static final int MOST_AT_ONCE = 32;
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final HttpServer server;
    private final OidcIssuers issuers;
    private final Api api;
    private final Semaphore slots = new Semaphore(MOST_AT_ONCE);

    /**
     * Starts listening; port 0 selects a free port.
     *
     * @param onUnknown finds out what became of requests of which it is not known whether they were recorded
     */
    public ApiServer(
            String host, int port, OidcIssuers issuers, ApiUseCases cases, Runnable onUnknown, InstantSource clock) {
        this.issuers = issuers;
        this.api = new Api(issuers, cases, onUnknown, clock);
        this.server = listen(host, port);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private static HttpServer listen(String host, int port) {
        HttpServerLimits.apply();
        try {
            return HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on api.bind " + host + ", api.port " + port, e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!slots.tryAcquire()) {
                send(
                        exchange,
                        ApiResponse.problem(
                                        ProblemType.BUSY,
                                        "Too many requests are being answered. Try again in a second.")
                                .retryAfter(BUSY));
                return;
            }
            try {
                send(exchange, api.answer(call(exchange)));
            } finally {
                slots.release();
            }
        }
    }

    private static ApiCall call(HttpExchange exchange) {
        return new ApiCall(
                exchange.getRequestMethod(),
                String.valueOf(exchange.getRequestURI().getRawPath()),
                headers(exchange, "Authorization"),
                headers(exchange, "Idempotency-Key"),
                headers(exchange, "Content-Type").stream().findFirst(),
                () -> body(exchange));
    }

    private static List<String> headers(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getOrDefault(name, List.of());
    }

    private static Optional<byte[]> body(HttpExchange exchange) throws IOException {
        InputStream stream = exchange.getRequestBody();
        byte[] read = stream.readNBytes(MOST_BYTES + 1);
        return read.length > MOST_BYTES ? Optional.empty() : Optional.of(read);
    }

    private static void send(HttpExchange exchange, ApiResponse response) throws IOException {
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", response.contentType());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        response.headers().forEach(headers::set);
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), isHead ? -1 : body.length);
        if (!isHead) {
            exchange.getResponseBody().write(body);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        issuers.close();
    }
}
