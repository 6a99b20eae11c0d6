package dev.bastion.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.app.world.ApiClient;
import dev.bastion.app.world.ApiClient.Answer;
import dev.bastion.sandbox.github.fault.GitHubFault;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What callers of the API get who end a grant while git does not record it. */
class ApiEndDuringOutageTest {
    private static final String DEV = "{\"environment\": \"dev\", \"duration\": \"1h\", \"reason\": \"INC-12\"}";

    @TempDir
    private Path folder;

    private ApiWorld world;
    private ApiClient john;
    private String id;
    private String end;

    @BeforeEach
    void start() throws IOException {
        world = new ApiWorld(folder);
        john = world.as(ApiWorld.JOHN);
        id = john.post("/v1/requests", DEV).id();
        end = "/v1/grants/" + id + "/end";
        world.online("dev", id);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void turn(GitHubFault fault, boolean isOn) {
        world.remote.server().github().faults().turn(fault, isOn);
    }

    @ParameterizedTest
    @EnumSource(names = {"DOWN", "GIT_DOWN", "ARCHIVED", "PUSHES_REFUSED"})
    void theBastionIsTerminatedAtOnceAndTheEndIsRecordedLater(GitHubFault fault) {
        turn(fault, true);
        Answer answer = john.post(end, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.json().at("/state").asText()).isEqualTo("open");
        assertThat(answer.json().at("/end_pending/terminated/0").asText()).isEqualTo("i-1");
        assertThat(answer.json().at("/end_pending/termination_failed").asBoolean())
                .isFalse();
        assertThat(answer.json().at("/end_pending/detail").asText())
                .startsWith("Git ")
                .contains("I terminated the bastion of dev now: i-1.", "I try to record the end every few seconds");
        assertThat(world.bastions).isEmpty();
        assertThat(world.remote.isOpen("dev")).isTrue();
        turn(fault, false);
        world.pendingEnds.retry();
        assertThat(world.remote.isOpen("dev")).isFalse();
        assertThat(world.remote.lastMessage("end")).contains("Ended-By: john.doe <U12345678>\n");
        assertThat(john.get("/v1/grants/" + id).json().at("/state").asText()).isEqualTo("ended");
    }

    @Test
    void theAnswerSaysThatTheBastionMayStillBeThere() {
        turn(GitHubFault.DOWN, true);
        world.isAwsDown = true;
        Answer answer = john.post(end, "");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().at("/end_pending/termination_failed").asBoolean())
                .isTrue();
        assertThat(answer.json().at("/end_pending/detail").asText())
                .contains("could not be terminated", "terminate the instance in AWS");
        world.isAwsDown = false;
        world.pendingEnds.retry();
        assertThat(world.bastions).isEmpty();
    }

    /** Who may not end it terminates nothing, and what nobody knows is an outage, not a grant that is not there. */
    @Test
    void anOutageLetsNobodyElseEndIt() {
        turn(GitHubFault.DOWN, true);
        Answer others = world.as(ApiWorld.MACHINE).post(end, "");
        assertThat(others.problem()).isEqualTo("unavailable");
        assertThat(john.post("/v1/grants/01JHR7Z9C0V6T1XK/end", "").problem()).isEqualTo("unavailable");
        assertThat(world.bastions).hasSize(1);
        turn(GitHubFault.DOWN, false);
        world.pendingEnds.retry();
        assertThat(world.remote.isOpen("dev")).isTrue();
    }
}
