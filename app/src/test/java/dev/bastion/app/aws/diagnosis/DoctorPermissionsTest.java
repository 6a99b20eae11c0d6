package dev.bastion.app.aws.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.app.world.SmallAws;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

class DoctorPermissionsTest {
    private final SmallAws aws = new SmallAws();

    @AfterEach
    void stop() {
        aws.close();
    }

    private List<Finding> findings() {
        Findings found = new Findings();
        new DoctorPermissions(
                        "eu-central-1",
                        Optional.of(aws.endpoint()),
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .examine(found);
        return found.all();
    }

    static List<String> actions() {
        return DoctorPermissions.ACTIONS;
    }

    @Test
    void allOfThemAllowedIsOneFinding() {
        assertThat(findings()).singleElement().matches(finding -> finding.is(Finding.Status.OK));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void aMissingPermissionIsAWarningThatNamesIt(String action) {
        aws.deny(action.replaceAll(".*:", ""), "AccessDeniedException");
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(Finding.Status.WARNING);
            assertThat(finding.meaning()).contains(action);
        });
    }

    @Test
    void oneThatDoesNotAnswerIsUnknownBesideTheOthers() {
        aws.deny("GetInstanceProfile", "ServiceUnavailable");
        assertThat(findings()).extracting(Finding::status).containsExactly(Finding.Status.OK, Finding.Status.UNKNOWN);
    }

    @Test
    void anOutageIsOneFaultOfTheSystem() {
        aws.down(true);
        assertThatThrownBy(this::findings).isInstanceOf(SdkException.class);
    }
}
