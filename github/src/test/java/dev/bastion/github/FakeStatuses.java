package dev.bastion.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The statuses of commits: every commit has the same. */
public final class FakeStatuses implements FakeGithub.Part {
    public final List<String> posted = new CopyOnWriteArrayList<>();
    private final Deque<Map<String, Object>> statuses = new ArrayDeque<>();

    /** One more, newer than those before. */
    public void says(String context, String state, String description) {
        says("ci", context, state, description);
    }

    public void says(String login, String context, String state, String description) {
        statuses.addFirst(FakeShapes.json(
                "id",
                statuses.size() + 1,
                "context",
                context,
                "state",
                state,
                "description",
                description,
                "target_url",
                "https://ci.example/7",
                "creator",
                FakeShapes.user(login),
                "created_at",
                "2026-01-15T10:30:00Z"));
    }

    @Override
    public Optional<FakeResponse> apply(RecordedRequest asked) {
        if (asked.is("POST", "/repos/.+/statuses/[0-9a-f]{40}")) {
            posted.add(asked.path() + " " + asked.body());
            JsonNode body = asked.json();
            says(
                    "bastion-bot",
                    body.path("context").asText(),
                    body.path("state").asText(),
                    body.path("description").asText());
            return Optional.of(FakeResponse.of(201, statuses.getFirst()));
        }
        return asked.is("GET", "/repos/.+/commits/[0-9a-f]{40}/statuses")
                ? Optional.of(FakeResponse.list(List.copyOf(statuses)))
                : Optional.empty();
    }
}
