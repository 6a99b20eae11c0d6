package dev.bastion.github.pulls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.github.FakeGithub;
import dev.bastion.github.FakeResponse;
import dev.bastion.github.FakeShapes;
import dev.bastion.github.GithubCredentials;
import dev.bastion.github.GithubSettings;
import dev.bastion.github.RecordedRequest;
import dev.bastion.github.client.GithubClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PullRequestCommentsTest {
    private static final String MARK = "<!-- bastion plan dev -->\n";

    private final List<Map<String, Object>> comments = new CopyOnWriteArrayList<>();
    private final List<String> written = new CopyOnWriteArrayList<>();
    private FakeGithub server;
    private GithubClient client;

    @BeforeEach
    void start() throws IOException {
        server = new FakeGithub().with(this::answer);
        client = new GithubClient(new GithubSettings(
                server.url(), FakeGithub.REPOSITORY, new GithubCredentials.Token("t"), GithubSettings.USUAL_PATIENCE));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void theFirstIsNewAndTheNextReplacesIt() {
        put("one");
        has(7, "Bot", MARK + "one");
        put("two");
        assertThat(written)
                .containsExactly("POST issues/3/comments " + MARK + "one", "PATCH issues/comments/7 " + MARK + "two");
    }

    @Test
    void commentsOfPeopleAndOnOtherSubjectsStay() {
        has(5, "User", MARK + "forged");
        has(6, "Bot", "<!-- bastion plan dev-eu -->\nanother");
        has(7, "Bot", "quoted " + MARK);
        put("one");
        assertThat(written).containsExactly("POST issues/3/comments " + MARK + "one");
    }

    @Test
    void aRefusalIsSaid() {
        String path = "/repos/acme/environments/issues/3/comments";
        server.once("POST", path, FakeResponse.message(403, "Resource not accessible"));
        assertThatThrownBy(() -> put("one")).isInstanceOf(ObservationFailed.class);
    }

    private void put(String text) {
        new PullRequestComments(client).put(3, "bastion plan dev", text);
    }

    private void has(int id, String type, String body) {
        comments.add(Map.of("id", id, "body", body, "user", Map.of("login", "x", "type", type)));
    }

    private Optional<FakeResponse> answer(RecordedRequest asked) {
        if (asked.is("GET", "/repos/.+/issues/3/comments")) {
            return Optional.of(FakeResponse.list(List.copyOf(comments)));
        }
        if (asked.is("POST", "/repos/.+/issues/3/comments") || asked.is("PATCH", "/repos/.+/issues/comments/7")) {
            String path = asked.path().substring(asked.path().indexOf("issues/"));
            written.add(asked.method() + " " + path + " "
                    + asked.json().path("body").asText());
            return Optional.of(FakeResponse.of(201, FakeShapes.json("id", 7)));
        }
        return Optional.empty();
    }
}
