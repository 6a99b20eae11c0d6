package dev.bastion.app.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A PagerDuty with schedules: its route of on-calls, as strict about the token, the version and the times as the real one.
 *
 * @see <a href="https://developer.pagerduty.com/api-reference/3a6b910f11050-list-all-of-the-on-calls">List all of the
 *     on-calls</a>
 */
public final class PagerdutyServer implements AutoCloseable {
    public static final String TOKEN = "u+example-key";

    private final HttpServer server;
    private final List<Shift> shifts = new CopyOnWriteArrayList<>();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final Map<String, String> headers = new ConcurrentHashMap<>();
    private volatile int status = 200;

    private record Shift(String schedule, String user, Optional<Instant> from, Optional<Instant> until) {
        boolean overlaps(Instant since, Instant end) {
            return from.filter(begin -> !begin.isBefore(end)).isEmpty()
                    && until.filter(last -> !last.isAfter(since)).isEmpty();
        }

        String json() {
            return """
                    {"user": {"id": "%s", "type": "user_reference"}, "schedule": {"id": "%s"}, "escalation_level": 1,
                     "start": %s, "end": %s}""".formatted(user, schedule, moment(from), moment(until));
        }

        private static String moment(Optional<Instant> at) {
            return at.map(instant -> "\"" + instant + "\"").orElse("null");
        }
    }

    public PagerdutyServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/oncalls", this::onCalls);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on this user alone is on call, without an end. */
    public void onCall(String schedule, String user) {
        shifts.removeIf(shift -> shift.schedule().equals(schedule));
        shifts.add(new Shift(schedule, user, Optional.empty(), Optional.empty()));
    }

    public void shift(String schedule, String user, Instant from, Instant until) {
        shifts.add(new Shift(schedule, user, Optional.of(from), Optional.of(until)));
    }

    /** The status of every answer from now on, like 503. */
    public void answersWith(int newStatus) {
        status = newStatus;
    }

    /** A header of every answer from now on. */
    public void adds(String header, String value) {
        headers.put(header, value);
    }

    public List<String> queries() {
        return List.copyOf(queries);
    }

    private void onCalls(HttpExchange exchange) throws IOException {
        String raw = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        queries.add(raw);
        Map<String, List<String>> query = Stream.of(raw.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.groupingBy(
                        pair -> URLDecoder.decode(pair[0], UTF_8),
                        Collectors.mapping(pair -> URLDecoder.decode(pair[1], UTF_8), Collectors.toList())));
        boolean isKnown =
                ("Token token=" + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        answer(exchange, !isKnown ? 401 : status, isKnown ? list(query) : "{\"error\": {\"code\": 2006}}");
    }

    private String list(Map<String, List<String>> query) {
        Instant since = Instant.parse(query.get("since").getFirst());
        Instant until = Instant.parse(query.get("until").getFirst());
        int limit = Integer.parseInt(query.get("limit").getFirst());
        int offset = Integer.parseInt(query.get("offset").getFirst());
        List<Shift> all = shifts.stream()
                .filter(shift -> query.get("schedule_ids[]").contains(shift.schedule()))
                .filter(shift -> shift.overlaps(since, until))
                .toList();
        List<String> page =
                all.stream().skip(offset).limit(limit).map(Shift::json).toList();
        return "{\"oncalls\": [" + String.join(",", page) + "], \"limit\": " + limit + ", \"offset\": " + offset
                + ", \"more\": " + (all.size() > offset + limit) + ", \"total\": null}";
    }

    private void answer(HttpExchange exchange, int answered, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(UTF_8);
            headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
            exchange.sendResponseHeaders(answered, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
