package dev.bastion.app.aws.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.place.AwsPlace;
import dev.bastion.app.world.SmallAccounts;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Two accounts by assumed roles, and the service's own, over AWS's protocols. */
class AwsPlacesTest {
    private static final String HUB = "000000000001";
    private static final String TEST_ID = "111111111111";
    private static final String LIVE_ID = "222222222222";
    private static final AwsPlace TEST = new AwsPlace("test", TEST_ID, "eu-west-1");
    private static final AwsPlace LIVE = new AwsPlace("live", LIVE_ID, "us-east-1");
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final EnvironmentName PROD = new EnvironmentName("prod");

    private final SmallAccounts aws = new SmallAccounts(HUB);
    private WatchedPlaces configured = places(watched(TEST, "acme"), watched(LIVE, "acme"));
    private final AwsPlaces places = new AwsPlaces(
            () -> configured,
            Optional.of(aws.endpoint()),
            Optional.of("github.com/acme/infra"),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAOWN", "secret")));

    @BeforeEach
    void trust() {
        aws.trust(TEST_ID, "acme");
        aws.trust(LIVE_ID, "acme");
    }

    @AfterEach
    void stop() {
        places.close();
        aws.close();
    }

    private static WatchedPlaces places(WatchedPlace... all) {
        return new WatchedPlaces(List.of(all), environment -> Optional.of(environment.equals(PROD) ? LIVE : TEST));
    }

    private static WatchedPlace watched(AwsPlace at, String externalId) {
        return new WatchedPlace(
                at,
                at.region(),
                Optional.of("arn:aws:iam::" + at.id() + ":role/bastion-watch"),
                Optional.of(externalId),
                Optional.of("acme-" + at.account()));
    }

    private List<BastionObservation> look(AwsPlace at) {
        return Objects.requireNonNull(places.monitors().get(at)).look();
    }

    private static Fault faultOf(Throwable failed) {
        return ((ObservationFailed) failed).fault();
    }

    @Test
    void eachPlaceIsSeenByItsOwnRoleInItsOwnRegion() {
        aws.at(TEST_ID, "eu-west-1").online("dev", "01JHR7Z9C0V6T1");
        aws.at(LIVE_ID, "us-east-1").online("prod", "01JHR7Z9C0V6T2");
        aws.at(LIVE_ID, "eu-west-1").online("elsewhere", "01JHR7Z9C0V6T3");
        aws.at(HUB, "us-east-1").online("own", "01JHR7Z9C0V6T4");
        BastionObservation prod = look(LIVE).getFirst();
        assertThat(look(LIVE)).hasSize(1);
        assertThat(prod.environment()).isEqualTo("prod");
        assertThat(prod.details().account()).contains(LIVE_ID);
        assertThat(prod.details().region()).contains("us-east-1");
        assertThat(prod.connection().flatMap(Connection::profile)).contains("acme-live");
        assertThat(prod.connection().map(Connection::region)).contains("us-east-1");
        assertThat(look(TEST)).extracting(BastionObservation::environment).containsExactly("dev");
    }

    @Test
    void aWrongExternalIdIsARefusalWithItsRemedyAndNoAbsence() {
        configured = places(watched(TEST, "acme"), watched(LIVE, "typo"));
        assertThat(look(TEST)).isEmpty();
        assertThatThrownBy(() -> look(LIVE))
                .isInstanceOfSatisfying(
                        ObservationFailed.class,
                        failed -> assertThat(failed.fault()).isInstanceOfSatisfying(Fault.Refused.class, refused -> {
                            assertThat(refused.answered()).contains("sts:AssumeRole");
                            assertThat(refused.remedy())
                                    .contains("external_id of ledger.yaml", "trust the service's role");
                        }));
        configured = places(watched(TEST, "acme"), watched(LIVE, "acme"));
        assertThat(look(LIVE)).as("the corrected configuration is used").isEmpty();
    }

    @Test
    void aRoleOfAnotherAccountIsAnErrorAndItsEmptyListNoAbsence() {
        aws.disguise(LIVE_ID, "999999999999");
        assertThatThrownBy(() -> look(LIVE))
                .satisfies(failed -> assertThat(faultOf(failed).line())
                        .contains(
                                "account live (222222222222, us-east-1)",
                                "the credentials are of the account 999999999999",
                                "correct id or watch_role of accounts.live"));
        assertThat(aws.calls()).noneMatch(call -> call.startsWith("DescribeInstances"));
    }

    @Test
    void theServicesOwnAccountIsCheckedToo() {
        AwsPlace hub = new AwsPlace("hub", LIVE_ID, "eu-west-1");
        configured = places(new WatchedPlace(hub, "eu-west-1", Optional.empty(), Optional.empty(), Optional.empty()));
        assertThatThrownBy(() -> look(hub))
                .satisfies(failed -> assertThat(faultOf(failed).line()).contains("are of the account " + HUB));
    }

    @Test
    void aTerminationGoesToTheAccountWhereTheInstanceWasSeen() {
        aws.at(TEST_ID, "eu-west-1").put("i-twin", "running", true, "dev", "01JHR7Z9C0V6T1");
        aws.at(LIVE_ID, "us-east-1").put("i-twin", "running", true, "prod", "01JHR7Z9C0V6T2");
        look(TEST);
        assertThat(places.terminate(look(LIVE).getFirst())).isTrue();
        assertThat(aws.at(LIVE_ID, "us-east-1").has("i-twin")).isFalse();
        assertThat(aws.at(TEST_ID, "eu-west-1").has("i-twin")).isTrue();
        BastionObservation unplaced = new BastionObservation(
                "dev", Optional.empty(), "i-9", BastionObservation.Condition.READY, "running", Optional.empty());
        assertThatThrownBy(() -> places.terminate(unplaced)).hasMessageContaining("its account is not watched");
    }

    @Test
    void aSilentAccountHoldsUpNoOther() throws Exception {
        aws.silence(LIVE_ID, true);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<BastionObservation>> live = threads.submit(() -> look(LIVE));
            assertThat(look(TEST)).isEmpty();
            assertThat(live.state()).isEqualTo(Future.State.RUNNING);
            aws.silence(LIVE_ID, false);
            assertThat(live.get(60, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void sessionsAreAskedOfTheEnvironmentsAccount() {
        places.sessionsOf(PROD, "i-1", Instant.EPOCH);
        assertThat(aws.calls())
                .filteredOn(call -> call.startsWith("DescribeSessions"))
                .hasSize(2)
                .allMatch(call -> call.equals("DescribeSessions " + LIVE_ID + " us-east-1"));
        configured = new WatchedPlaces(configured.all(), _ -> Optional.empty());
        assertThatThrownBy(() -> places.sessionsOf(DEV, "i-1", Instant.EPOCH))
                .hasMessageContaining("no account of ledger.yaml has dev");
    }

    @Test
    void aLedgerWithoutAccountsIsOnePlaceOfTheServicesOwnCredentials() {
        configured = WatchedPlaces.only("eu-central-1");
        aws.at(HUB, "eu-central-1").online("dev", "01JHR7Z9C0V6T1");
        BastionObservation dev = look(AwsPlace.ONLY).getFirst();
        assertThat(dev.details().account()).isEmpty();
        assertThat(dev.connection().flatMap(Connection::profile)).isEmpty();
        assertThat(places.terminate(dev)).isTrue();
        assertThat(aws.calls())
                .noneMatch(call -> call.startsWith("GetCallerIdentity") || call.startsWith("AssumeRole"));
    }
}
