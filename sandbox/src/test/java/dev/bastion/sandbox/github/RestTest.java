package dev.bastion.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.sandbox.github.status.CommitStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RestTest {
    private static final String REPOSITORY = "/repos/acme/environments";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private GitHubServer server;
    private String commit;

    @BeforeEach
    void serve() throws Exception {
        server = GitHubServer.start(folder.resolve("ledger.git"), "acme/environments", "secret");
        try (TestClone clone = TestClone.of(server, folder.resolve("clone"), "secret")) {
            commit = clone.commit("a", "1");
            clone.push();
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theNewestStatusOfAContextCounts() throws Exception {
        assertThat(post("pending", "applying").statusCode()).isEqualTo(201);
        assertThat(json(get("/commits/main/status")).path("state").asText()).isEqualTo("pending");
        post("success", "+1 instance");

        JsonNode combined = json(get("/commits/" + commit + "/status"));
        assertThat(combined.path("state").asText()).isEqualTo("success");
        assertThat(combined.path("total_count").asInt()).isEqualTo(1);
        assertThat(combined.path("statuses").get(0).path("description").asText())
                .isEqualTo("+1 instance");
        assertThat(json(get("/statuses/" + commit))).hasSize(2);
        assertThat(server.statuses(commit)).extracting(CommitStatus::state).containsExactly("success", "pending");
    }

    @Test
    void listsComeInPagesOfThirty() throws Exception {
        for (int i = 0; i < 31; i++) {
            post("pending", "step " + i);
        }
        HttpResponse<String> first = get("/commits/" + commit + "/statuses");
        assertThat(json(first)).hasSize(30);
        assertThat(first.headers().firstValue("Link").orElse("")).contains("page=2>; rel=\"next\"");
        assertThat(json(get("/commits/" + commit + "/statuses?page=2"))).hasSize(1);
    }

    @Test
    void whatDidNotChangeIsNotSentAgain() throws Exception {
        HttpResponse<String> answer = get("/commits/main/status");
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        HttpRequest again =
                request("/commits/main/status").header("If-None-Match", tag).build();
        assertThat(http.send(again, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(304);
        post("success", "");
        assertThat(http.send(again, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void wrongThingsGetGitHubsOwnAnswers() throws Exception {
        assertThat(post("fine", "").statusCode()).isEqualTo(422);
        assertThat(post("success", "x".repeat(141)).statusCode()).isEqualTo(422);
        assertThat(get("/commits/" + "0".repeat(40) + "/status").statusCode()).isEqualTo(422);
        assertThat(send(HttpRequest.newBuilder(URI.create(server.api() + "/repos/acme/other"))
                                .header("Authorization", "Bearer secret"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(send(HttpRequest.newBuilder(URI.create(server.api() + REPOSITORY))
                                .header("Authorization", "Bearer wrong"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void whileItIsDownEverythingIs503() throws Exception {
        server.down();
        assertThat(get("").statusCode()).isEqualTo(503);
        server.up();
        assertThat(json(get("")).path("default_branch").asText()).isEqualTo("main");
    }

    private HttpResponse<String> post(String state, String description) throws Exception {
        String body = new ObjectMapper()
                .createObjectNode()
                .put("state", state)
                .put("context", "bastion/apply/dev")
                .put("description", description)
                .toString();
        return send(request("/statuses/" + commit).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.api() + REPOSITORY + path))
                .header("Authorization", "token secret");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }
}
