package dev.bastion.benchmarks.subject;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Git's own server over HTTP ({@code git http-backend}, CGI) at the end of a link: each request takes its round trip longer. */
public final class DistantGit implements AutoCloseable {
    private final LedgerRemote remote;
    private final Duration roundTrip;
    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private DistantGit(LedgerRemote remote, Duration roundTrip, HttpServer server) {
        this.remote = remote;
        this.roundTrip = roundTrip;
        this.server = server;
    }

    public static DistantGit of(LedgerRemote remote, Duration roundTrip) throws IOException, InterruptedException {
        new GitCommand(remote.directory()).run("config", "http.receivepack", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        DistantGit git = new DistantGit(remote, roundTrip, server);
        server.setExecutor(git.threads);
        server.createContext("/", git::answer);
        server.start();
        return git;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/"
                + remote.directory().getFileName();
    }

    /** How many requests it has had: each is one round trip. */
    public int requests() {
        return requests.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            Thread.sleep(roundTrip);
            ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            Map<String, String> environment = builder.environment();
            environment.put("GIT_CONFIG_NOSYSTEM", "1");
            environment.put(
                    "GIT_PROJECT_ROOT", remote.directory().resolveSibling(".").toString());
            environment.put("GIT_HTTP_EXPORT_ALL", "1");
            environment.put("REQUEST_METHOD", exchange.getRequestMethod());
            environment.put("PATH_INFO", exchange.getRequestURI().getPath());
            put(environment, "QUERY_STRING", exchange.getRequestURI().getQuery());
            put(environment, "CONTENT_TYPE", exchange.getRequestHeaders().getFirst("Content-Type"));
            put(
                    environment,
                    "HTTP_CONTENT_ENCODING",
                    exchange.getRequestHeaders().getFirst("Content-Encoding"));
            put(environment, "GIT_PROTOCOL", exchange.getRequestHeaders().getFirst("Git-Protocol"));
            Process process = builder.start();
            byte[] body = exchange.getRequestBody().readAllBytes();
            try (OutputStream in = process.getOutputStream()) {
                in.write(body);
            }
            relay(exchange, new BufferedInputStream(process.getInputStream()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void put(Map<String, String> environment, String name, @Nullable String value) {
        environment.put(name, value == null ? "" : value);
    }

    private static void relay(HttpExchange exchange, InputStream answer) throws IOException {
        int status = 200;
        for (String line = line(answer); !line.isEmpty(); line = line(answer)) {
            String[] parts = line.split(": ", 2);
            if (parts[0].equals("Status")) {
                status = Integer.parseInt(parts[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(parts[0], parts[1]);
            }
        }
        byte[] body = answer.readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
