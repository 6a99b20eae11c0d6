package dev.bastion.github;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bastion.github.openapi.GithubDescription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** As much of GitHub's REST interface as is needed, by its documentation, with pages and ETags, over a real socket. */
public final class FakeGithub implements AutoCloseable {
    public static final String REPOSITORY = "acme/environments";
    private static final String ROOT = "/api/v3";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final GithubDescription DESCRIPTION = GithubDescription.read();

    /** Answers some requests and leaves the others to the parts after it. */
    public interface Part extends Function<RecordedRequest, Optional<FakeResponse>> {}

    /** What was asked, in short, with the status of the answer: {@code GET /repos/acme/environments/pulls 304}. */
    public final List<String> log = new CopyOnWriteArrayList<>();
    /** The same requests, whole. */
    public final List<RecordedRequest> asked = new CopyOnWriteArrayList<>();

    private final Deque<Part> once = new ArrayDeque<>();
    private final List<Part> parts = new ArrayList<>();
    private final HttpServer server;
    private volatile int longestPage = 100;
    private volatile boolean isStrict = true;
    /** How the requests differ from GitHub's description. */
    private final List<String> undescribed = new CopyOnWriteArrayList<>();

    public FakeGithub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(ROOT + "/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + ROOT);
    }

    /** What a token is asked for its owner. */
    public static Part whoAsks(String login) {
        return ask ->
                ask.is("GET", "/user") ? Optional.of(FakeResponse.of(200, FakeShapes.user(login))) : Optional.empty();
    }

    public synchronized FakeGithub with(Part part) {
        parts.add(part);
        return this;
    }

    /** Answers the next request for this in its own way. */
    public synchronized void once(String method, String path, FakeResponse answer) {
        once.add(ask -> ask.is(method, path) ? Optional.of(answer) : Optional.empty());
    }

    /** Does what the next request wants, and answers something else. */
    public synchronized void onceDone(String method, String path, FakeResponse answer) {
        once.add(ask -> ask.is(method, path) ? Optional.of(really(ask)).map(_ -> answer) : Optional.empty());
    }

    /** Takes requests, too, that GitHub's description does not have: for tests of what lies below the routes. */
    public FakeGithub lenient() {
        isStrict = false;
        return this;
    }

    /** A server that gives no more than this a page, whatever is asked for. */
    public void pagesOf(int items) {
        longestPage = items;
    }

    public List<String> requests(String method) {
        return log.stream().filter(line -> line.startsWith(method + " ")).toList();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        RecordedRequest ask = RecordedRequest.of(exchange, ROOT);
        asked.add(ask);
        check(exchange, ask);
        FakeResponse said = exceptionally(ask).orElseGet(() -> really(ask));
        send(exchange, ask, said);
    }

    /** An address that GitHub redirected to is GitHub's own choice. */
    private void check(HttpExchange exchange, RecordedRequest ask) {
        String path = exchange.getRequestURI().getRawPath().substring(ROOT.length());
        String query = exchange.getRequestURI().getRawQuery();
        if (isStrict && !path.startsWith("/repositories/")) {
            undescribed.addAll(
                    DESCRIPTION.problemsOfRequest(ask.method(), path, query == null ? "" : query, ask.body()));
        }
    }

    private Optional<FakeResponse> exceptionally(RecordedRequest ask) {
        for (Part part : once) {
            Optional<FakeResponse> said = part.apply(ask);
            if (said.isPresent()) {
                once.remove(part);
                return said;
            }
        }
        return Optional.empty();
    }

    private FakeResponse really(RecordedRequest ask) {
        return parts.stream()
                .flatMap(part -> part.apply(ask).stream())
                .findFirst()
                .orElseGet(() -> otherwise(ask));
    }

    private static FakeResponse otherwise(RecordedRequest ask) {
        return ask.is("GET", "/repos/" + REPOSITORY)
                ? FakeResponse.of(200, FakeShapes.repository(REPOSITORY))
                // among others /rate_limit: an Enterprise server may have none
                : FakeResponse.message(404, "Not Found");
    }

    private void send(HttpExchange exchange, RecordedRequest ask, FakeResponse said) throws IOException {
        said.headers().forEach(exchange.getResponseHeaders()::add);
        Object content = said.content() instanceof List<?> all ? page(exchange, ask, all) : said.content();
        byte[] body = content == null
                ? new byte[0]
                : content instanceof String text
                        ? text.getBytes(StandardCharsets.UTF_8)
                        : JSON.writeValueAsBytes(content);
        int status =
                ask.method().equals("GET") && said.status() == 200 && isKnown(exchange, body) ? 304 : said.status();
        log.add(ask.method() + " " + ask.path() + " " + status);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, status == 304 || body.length == 0 ? -1 : body.length);
        if (status != 304) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static boolean isKnown(HttpExchange exchange, byte[] body) {
        String tag = "\"" + Integer.toHexString(new String(body, StandardCharsets.UTF_8).hashCode()) + "\"";
        exchange.getResponseHeaders().add("ETag", tag);
        exchange.getResponseHeaders().add("Cache-Control", "private, max-age=60, s-maxage=60");
        exchange.getResponseHeaders().add("Vary", "Accept, Authorization, Cookie, X-GitHub-OTP");
        return tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    }

    /** Thirty a page, or as many as are asked for up to a hundred, and a link to the next. */
    private List<?> page(HttpExchange exchange, RecordedRequest ask, List<?> all) {
        int size =
                Math.min(longestPage, ask.query("per_page").isEmpty() ? 30 : Integer.parseInt(ask.query("per_page")));
        int page = ask.query("page").isEmpty() ? 1 : Integer.parseInt(ask.query("page"));
        int from = Math.min(all.size(), (page - 1) * size);
        int to = Math.min(all.size(), from + size);
        if (to < all.size()) {
            StringBuilder next = new StringBuilder(url() + ask.path() + "?page=" + (page + 1));
            ask.query().forEach((name, value) -> {
                if (!name.equals("page")) {
                    next.append('&').append(name).append('=').append(value.replace(":", "%3A"));
                }
            });
            exchange.getResponseHeaders()
                    .add("Link", "<" + url() + ask.path() + "?page=1>; rel=\"first\", <" + next + ">; rel=\"next\"");
        }
        return all.subList(from, to);
    }

    /** @throws AssertionError when a request was not as GitHub describes it */
    @Override
    public void close() {
        server.stop(0);
        if (!undescribed.isEmpty()) {
            throw new AssertionError(String.join("\n", undescribed));
        }
    }
}
