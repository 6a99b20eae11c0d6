package dev.bastion.app.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Condition;
import dev.bastion.access.grant.Connection;
import dev.bastion.access.port.ObservationFailed;
import dev.bastion.app.world.SmallAws;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class AwsPlatformTest {
    private final SmallAws aws = new SmallAws();
    private final AwsPlatform platform = new AwsPlatform(
            "eu-central-1",
            Optional.of(aws.endpoint()),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));

    @AfterEach
    void stop() {
        platform.close();
        aws.close();
    }

    @Test
    void noInstancesAreNoObservations() {
        assertThat(platform.look()).isEmpty();
    }

    @Test
    void aRunningInstanceWithAnOnlineAgentIsReadyWithItsConnection() {
        aws.online("dev", "01JHR7Z9C0V6T1");
        BastionObservation seen = platform.look().getFirst();
        assertThat(seen.condition()).isEqualTo(Condition.READY);
        assertThat(seen.environment()).isEqualTo("dev");
        assertThat(seen.request().orElseThrow()).hasToString("01JHR7Z9C0V6T1");
        assertThat(seen.connection())
                .contains(new Connection(
                        "i-dev",
                        "eu-central-1",
                        "db.internal",
                        5432,
                        Optional.of("orders-dev-port"),
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "pending, false, COMING, pending",
        "running, false, COMING, 'running, agent not registered'",
        "shutting-down, true, LEAVING, shutting-down",
        "stopped, false, LEAVING, stopped",
    })
    void otherStatesAreComingOrLeaving(String state, boolean online, Condition condition, String expectedState) {
        aws.put("i-1", state, online, "dev", "01JHR7Z9C0V6T1");
        BastionObservation seen = platform.look().getFirst();
        assertThat(seen.condition()).isEqualTo(condition);
        assertThat(seen.state()).isEqualTo(expectedState);
        assertThat(seen.connection()).isEmpty();
    }

    @Test
    void aFailedRequestIsNoAbsence() {
        aws.online("dev", "01JHR7Z9C0V6T1");
        aws.down(true);
        assertThatThrownBy(platform::look).isInstanceOf(ObservationFailed.class).hasMessageContaining("describing");
    }

    @Test
    void onlyTaggedInstancesAreTerminated() {
        aws.online("dev", "01JHR7Z9C0V6T1");
        BastionObservation seen = platform.look().getFirst();
        platform.terminate(seen);
        assertThat(aws.has("i-dev")).isFalse();
        platform.terminate(seen);
    }
}
