package dev.bastion.app.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The sessions of {@link SmallAws}: what {@code ssm:DescribeSessions} lists, newest first and page by page. */
public final class SmallSessions {
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, Listed> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile int page = 50;
    private volatile Runnable afterActive = () -> {};

    /** A session; without an end it is active. */
    public record Listed(
            String id, String target, String owner, Instant from, Optional<Instant> to, Optional<String> document) {
        private Map<String, Object> asJson() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("SessionId", id);
            fields.put("Target", target);
            fields.put("Owner", owner);
            fields.put("Status", to.isPresent() ? "Terminated" : "Connected");
            fields.put("StartDate", from.toEpochMilli() / 1000.0);
            to.ifPresent(end -> fields.put("EndDate", end.toEpochMilli() / 1000.0));
            document.ifPresent(name -> fields.put("DocumentName", name));
            return fields;
        }
    }

    public void put(Listed session) {
        sessions.put(session.id(), session);
    }

    /** Ends a session. */
    public void end(String id, Instant at) {
        sessions.computeIfPresent(
                id,
                (_, open) ->
                        new Listed(id, open.target(), open.owner(), open.from(), Optional.of(at), open.document()));
    }

    /** How many are on one page. */
    public void pagesOf(int most) {
        page = most;
    }

    /** Runs once, after the next list of active sessions was answered. */
    public void afterActive(Runnable work) {
        afterActive = work;
    }

    /** How often it was asked. */
    public int calls() {
        return calls.get();
    }

    String describe(String body) {
        calls.incrementAndGet();
        try {
            JsonNode asked = json.readTree(body);
            boolean isActive = asked.path("State").asText().equals("Active");
            String answer = json.writeValueAsString(page(
                    matching(isActive, asked.path("Filters")),
                    asked.path("NextToken").asInt(0)));
            if (isActive) {
                Runnable work = afterActive;
                afterActive = () -> {};
                work.run();
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Listed> matching(boolean isActive, JsonNode filters) {
        return sessions.values().stream()
                .filter(session -> session.to().isEmpty() == isActive)
                .filter(session -> filters.valueStream()
                        .filter(filter -> filter.path("key").asText().equals("Target"))
                        .allMatch(filter -> filter.path("value").asText().equals(session.target())))
                .sorted(Comparator.comparing(Listed::from).reversed())
                .toList();
    }

    private Map<String, Object> page(List<Listed> all, int from) {
        int to = Math.min(all.size(), from + page);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                "Sessions", all.subList(from, to).stream().map(Listed::asJson).toList());
        if (to < all.size()) {
            answer.put("NextToken", String.valueOf(to));
        }
        return answer;
    }
}
