package dev.bastion.app.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.fault.TerminationRefused;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Condition;
import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.BastionObservation.Engine;
import dev.bastion.access.grant.BastionObservation.Target;
import dev.bastion.app.world.SmallAws;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
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
            Optional.of("github.com/acme/infra"),
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

    @Test
    void theDatabasesBehindABastionAreItsTagsTheFirstOneFirst() {
        aws.tagAlso(
                "dev",
                Map.of(
                        "Database:z-orders", "db.internal:5432",
                        "PortDocument:z-orders", "orders-dev-port-z-orders",
                        "Database:reporting", "reports.internal:6000",
                        "Engine:reporting", "aurora-mysql",
                        "Database:no port", "x:1",
                        "Database:broken", "x"));
        aws.online("dev", "01JHR7Z9C0V6T1");
        Connection seen = platform.look().getFirst().connection().orElseThrow();
        assertThat(seen.targets())
                .containsExactly(
                        new Target(
                                "z-orders",
                                "db.internal",
                                5432,
                                Optional.of("orders-dev-port-z-orders"),
                                Optional.empty()),
                        new Target("reporting", "reports.internal", 6000, Optional.empty(), Optional.of(Engine.MYSQL)));
        assertThat(seen.engine()).isEqualTo(Engine.POSTGRESQL);
        assertThat(seen.to(seen.targets().getLast()).engine()).isEqualTo(Engine.MYSQL);
    }

    @ParameterizedTest
    @CsvSource({
        "pending, false, COMING, pending",
        "running, false, COMING, 'running, agent not registered'",
        "shutting-down, true, LEAVING, shutting-down",
        "stopping, false, COMING, stopping",
        "stopped, false, COMING, stopped",
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

    private BastionObservation seen(String id) {
        return platform.look().stream()
                .filter(bastion -> bastion.instance().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The group of a closed environment stands, and is no bastion. */
    @Test
    void aGroupThatNoInstanceHasIsNoObservation() {
        aws.putGroup("sg-1", "dev");
        aws.put("i-unrelated", Map.of(), "sg-2");
        assertThat(platform.look()).isEmpty();
    }

    @Test
    void anInstanceWithABastionsSecurityGroupAndNoTagIsSeenAndNeverTerminated() {
        aws.putGroup("sg-1", "dev");
        aws.put("i-stranger", Map.of(), "sg-1");
        aws.put("i-unrelated", Map.of(), "sg-2");
        aws.online("dev", "01JHR7Z9C0V6T1");
        assertThat(platform.look()).extracting(BastionObservation::instance).containsExactly("i-dev", "i-stranger");
        BastionObservation stranger = seen("i-stranger");
        assertThat(stranger.ownership().isTagged()).isFalse();
        platform.terminate(stranger);
        assertThat(aws.has("i-stranger")).isTrue();
    }

    @Test
    void tagsSayWhoseAnInstanceIsAndWhatContradictsThem() {
        aws.putGroup("sg-1", "prod");
        Map<String, String> ours =
                Map.of("ManagedBy", "bastion", "Environment", "dev", "Ledger", "github.com/acme/infra");
        aws.put("i-1", ours, "");
        aws.put("i-2", ours, "sg-1");
        aws.put("i-3", Map.of("ManagedBy", "bastion"), "");
        aws.put("i-4", Map.of("ManagedBy", "bastion", "Environment", "dev", "RequestId", "x y"), "");
        assertThat(seen("i-1").ownership().ledger()).contains("github.com/acme/infra");
        assertThat(seen("i-1").ownership().contradiction()).isEmpty();
        assertThat(seen("i-2").ownership().contradiction())
                .hasValueSatisfying(why -> assertThat(why).contains("dev", "prod"));
        assertThat(seen("i-3").ownership().contradiction()).contains("it has no tag Environment");
        assertThat(seen("i-4").ownership().contradiction()).contains("its tag RequestId is no request id");
    }

    @Test
    void aRoleThatMayNotDescribeGroupsStillSeesTaggedInstances() {
        aws.putGroup("sg-1", "dev");
        aws.denyGroups();
        aws.online("dev", "01JHR7Z9C0V6T1");
        assertThat(platform.look()).extracting(BastionObservation::instance).containsExactly("i-dev");
    }

    private static Map<String, String> tagged(String ledger) {
        return Map.of("ManagedBy", "bastion", "Environment", "dev", "Ledger", ledger);
    }

    @Test
    void anInstanceOfAnotherLedgerBelongsToNoGrant() {
        aws.put("i-ours", tagged("github.com/acme/infra"), "");
        aws.put("i-theirs", tagged("github.com/acme/other"), "");
        aws.online("dev", "01JHR7Z9C0V6T1");
        assertThat(seen("i-ours").ownership().isOfOtherLedger()).isFalse();
        assertThat(seen("i-dev").ownership().isOfOtherLedger())
                .as("of an older version")
                .isFalse();
        assertThat(seen("i-theirs").ownership().isOfOtherLedger()).isTrue();
    }

    @Test
    void hundredsOfInstancesAreAllSeen() {
        IntStream.range(0, 230).forEach(number -> aws.put("i-%03d".formatted(number), tagged("x"), ""));
        assertThat(platform.look()).hasSize(230).allMatch(bastion -> bastion.condition() == Condition.READY);
    }

    @ParameterizedTest
    @CsvSource({
        "PROTECTED, aws ec2 modify-instance-attribute --instance-id i-dev --no-disable-api-termination",
        "FORBIDDEN, ec2:TerminateInstances",
    })
    void aTerminationThatIsRefusedSaysWhatToDo(SmallAws.Refusal refusal, String remedy) {
        aws.online("dev", "01JHR7Z9C0V6T1");
        BastionObservation seen = platform.look().getFirst();
        aws.refuseTermination("i-dev", refusal);
        assertThatThrownBy(() -> platform.terminate(seen)).isInstanceOfSatisfying(TerminationRefused.class, refused -> {
            assertThat(refused.remedy()).contains(remedy);
            assertThat(refused.why()).contains("denied");
        });
        aws.allowTermination("i-dev");
        platform.terminate(seen);
        assertThat(aws.has("i-dev")).isFalse();
    }

    @Test
    void aThrottledTerminationIsRepeatedLater() {
        aws.online("dev", "01JHR7Z9C0V6T1");
        BastionObservation seen = platform.look().getFirst();
        aws.refuseTermination("i-dev", SmallAws.Refusal.THROTTLED);
        assertThatThrownBy(() -> platform.terminate(seen)).isInstanceOf(ObservationFailed.class);
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
