package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.app.world.ApiClient;
import dev.bastion.app.world.ApiClient.Answer;
import dev.bastion.sandbox.github.pulls.PullRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for later through the API: the rules are those of Slack. */
class ApiLaterTest {
    private static final String KEY = "Idempotency-Key";

    @TempDir
    private Path folder;

    private ApiWorld world;
    private ApiClient john;

    @BeforeEach
    void start() throws IOException {
        world = new ApiWorld(folder);
        john = world.as(ApiWorld.JOHN);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static String dev(String start, String more) {
        return "{\"environment\": \"dev\", \"duration\": \"30m\", \"reason\": \"INC-12\", \"not_before\": \"" + start
                + "\"" + more + "}";
    }

    @Test
    void itWaitsInAPullRequestThatSaysWhenItStartsAndWhereItCameFrom() {
        Instant start = world.now.plus(Duration.ofHours(2));
        Answer asked = john.post("/v1/requests", dev(start.toString(), ""), KEY, "one");
        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        assertThat(asked.json().at("/state").asText()).isEqualTo("waiting");
        assertThat(asked.json().at("/not_before").asText()).isEqualTo(start.toString());
        PullRequest pull = world.remote.server().github().pullRequests().getFirst();
        assertThat(pull.body()).contains("**Not-Before:** " + start);
        assertThat(world.remote.isOpen("dev")).isFalse();
        Answer read = john.get("/v1/requests/" + asked.id());
        assertThat(read.json().at("/not_before").asText()).isEqualTo(start.toString());
        Answer again = john.post("/v1/requests", dev(start.toString(), ""), KEY, "one");
        assertThat(again.id()).isEqualTo(asked.id());
        assertThat(john.call("DELETE", "/v1/requests/" + asked.id(), "")
                        .json()
                        .at("/state")
                        .asText())
                .isEqualTo("withdrawn");
    }

    @Test
    void whatThePolicyRefusesInSlackItRefusesHere() {
        Instant now = world.now;
        assertRefused(dev(now.toString(), ""), "too-long", "");
        assertRefused(dev(now.minusSeconds(1).toString(), ""), "too-long", "");
        assertRefused(dev(now.plus(Duration.ofDays(400)).toString(), ""), "too-long", "");
        String prod =
                dev(now.plusSeconds(3600).toString(), ", \"break_glass\": true").replace("dev", "prod");
        assertRefused(prod, "break-glass-refused", "");
        assertThat(world.remote.server().github().pullRequests()).isEmpty();
    }

    private void assertRefused(String body, String type, String words) {
        Answer answer = john.post("/v1/requests", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.problem()).isEqualTo(type);
        assertThat(answer.detail()).contains(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tomorrow",
                "2030-02-29T10:00:00Z",
                "2030-04-31T10:00:00Z",
                "2030-01-15",
                "2030-01-15T10:00Z",
                "2030-01-15T10:00:00",
                "2030-01-15T10:00:00.5Z",
                "2030-01-15T10:00:00+01:00",
                "2030-01-15T24:00:00Z",
                "2030-01-15t10:00:00z",
                "+1000000000-01-01T00:00:00Z",
                "2030-01-15T10:00:00Z\\n"
            })
    void whatIsNoMomentIsAnInvalidRequest(String start) {
        Answer answer = john.post("/v1/requests", dev(start, ""));
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.detail()).contains("not_before", "2026-01-15T12:30:00Z");
    }

    @Test
    void aLeapDayIsAMoment() {
        assertRefused(dev("2096-02-29T10:00:00Z", ""), "too-long", "2096-02-29");
    }
}
