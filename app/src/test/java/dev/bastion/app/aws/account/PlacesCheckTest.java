package dev.bastion.app.aws.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.place.AwsPlace;
import dev.bastion.app.world.SmallAccounts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What doctor and the start say of two accounts, of which one is set up wrongly. */
class PlacesCheckTest {
    private static final AwsPlace TEST = new AwsPlace("test", "111111111111", "eu-west-1");
    private static final AwsPlace LIVE = new AwsPlace("live", "222222222222", "us-east-1");
    private static final String LIVE_TITLE = "account live (222222222222, us-east-1), ";
    private static final EnvironmentName PROD = new EnvironmentName("prod");

    private final SmallAccounts aws = new SmallAccounts("000000000001");
    private final Findings found = new Findings();
    private final PlacesCheck check = new PlacesCheck(
            () -> new WatchedPlaces(
                    List.of(watched(TEST), watched(LIVE)),
                    environment -> Optional.of(environment.equals(PROD) ? LIVE : TEST)),
            Optional.of(aws.endpoint()),
            () -> Set.of(PROD),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAOWN", "secret")),
            Duration.ofSeconds(25));

    @AfterEach
    void stop() {
        aws.close();
    }

    private static WatchedPlace watched(AwsPlace at) {
        return new WatchedPlace(
                at,
                at.region(),
                Optional.of("arn:aws:iam::" + at.id() + ":role/bastion-watch"),
                Optional.of("acme"),
                Optional.empty());
    }

    private List<Finding> problems() {
        return found.all().stream()
                .filter(finding -> finding.is(Finding.Status.PROBLEM))
                .toList();
    }

    private boolean isOk(String subject) {
        return found.all().stream()
                .anyMatch(finding ->
                        finding.is(Finding.Status.OK) && finding.subject().equals(subject));
    }

    @Test
    void aRoleThatDoesNotTrustTheServiceIsAProblemWithItsRemedyAndTheOtherAccountIsChecked() {
        aws.trust(TEST.id(), "acme");
        aws.trust(LIVE.id(), "another");
        check.examine(found);
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.subject()).isEqualTo(LIVE_TITLE + "role");
            assertThat(problem.meaning()).contains("cannot take it", "sts:AssumeRole");
            assertThat(problem.remedy()).contains("external_id of ledger.yaml");
        });
        assertThat(isOk("account test (111111111111, eu-west-1), ec2:DescribeInstances"))
                .isTrue();
    }

    @Test
    void credentialsOfAnotherAccountAreAProblemAndNothingIsLookedAt() {
        aws.trust(TEST.id(), "acme");
        aws.trust(LIVE.id(), "acme");
        aws.disguise(LIVE.id(), "999999999999");
        check.examine(found);
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.subject()).isEqualTo(LIVE_TITLE + "account");
            assertThat(problem.meaning()).contains("999999999999", "222222222222");
        });
        assertThat(isOk(LIVE_TITLE + "ec2:DescribeInstances")).isFalse();
    }

    @Test
    void anOpenEnvironmentIsMissedInItsOwnAccountAlone() {
        aws.trust(TEST.id(), "acme");
        aws.trust(LIVE.id(), "acme");
        check.examine(found);
        assertThat(found.all())
                .filteredOn(finding -> finding.is(Finding.Status.WARNING))
                .filteredOn(finding -> finding.meaning().contains("is open"))
                .extracting(Finding::subject)
                .containsExactly(LIVE_TITLE + "region");
    }

    @Test
    void anAccountThatDoesNotAnswerIsNamed() {
        aws.trust(TEST.id(), "acme");
        aws.trust(LIVE.id(), "acme");
        aws.at(LIVE.id(), "us-east-1").down(true);
        assertThatThrownBy(() -> check.examine(found))
                .hasMessageStartingWith("account live (222222222222, us-east-1): ");
        assertThat(isOk("account test (111111111111, eu-west-1), ec2:DescribeInstances"))
                .isTrue();
    }

    private PlacesCheck within(Duration limit) {
        return new PlacesCheck(
                () -> new WatchedPlaces(List.of(watched(TEST), watched(LIVE)), _ -> Optional.of(TEST)),
                Optional.of(aws.endpoint()),
                Set::of,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAOWN", "secret")),
                limit);
    }

    @Test
    void anAccountWhoseRoleStsIsSilentAboutIsNamedAndItsCredentialsAreNotBlamed() {
        aws.trust(TEST.id(), "acme");
        aws.trust(LIVE.id(), "acme");
        aws.silenceRoles(LIVE.id(), true);
        assertThatThrownBy(() -> check.examine(found))
                .hasMessageStartingWith("account live (222222222222, us-east-1): sts:AssumeRole was not answered: ");
        assertThat(problems()).isEmpty();
        assertThat(isOk("account test (111111111111, eu-west-1), ec2:DescribeInstances"))
                .isTrue();
    }

    @Test
    void aRegionThatOutlastsTheLimitIsNamedAndWhatTheOthersShowedStays() {
        aws.trust(TEST.id(), "acme");
        aws.trust(LIVE.id(), "acme");
        aws.silence(LIVE.id(), "us-east-1", true);
        assertThatThrownBy(() -> within(Duration.ofSeconds(8)).examine(found))
                .hasMessage("account live (222222222222, us-east-1): it did not answer within 8 s");
        assertThat(isOk("account test (111111111111, eu-west-1), ec2:DescribeInstances"))
                .isTrue();
    }

    @Test
    void everySilentAccountIsNamed() {
        aws.silenceRoles(TEST.id(), true);
        aws.silenceRoles(LIVE.id(), true);
        assertThatThrownBy(() -> within(Duration.ofSeconds(1)).examine(found))
                .hasMessage("account test (111111111111, eu-west-1): it did not answer within 1 s;"
                        + " account live (222222222222, us-east-1): it did not answer within 1 s");
        assertThat(found.all()).isEmpty();
    }
}
