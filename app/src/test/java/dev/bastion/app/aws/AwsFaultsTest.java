package dev.bastion.app.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.fault.Fault;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** AWS's error codes as outcomes of a call that reads and of one that terminates. */
class AwsFaultsTest {
    private static final String ACTION = "ec2:DescribeInstances";
    private final AwsFaults faults = new AwsFaults("eu-central-1");

    private static SdkException answer(int status, String code, String message) {
        return Ec2Exception.builder()
                .message(message)
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .serviceName("Ec2")
                        .build())
                .build();
    }

    private Fault read(SdkException e) {
        return faults.onRead("describing", ACTION, e);
    }

    private Fault written(SdkException e) {
        return faults.onWrite("terminating i-1", "ec2:TerminateInstances", e);
    }

    @ParameterizedTest
    @CsvSource({
        "403, UnauthorizedOperation, allow ec2:",
        "403, AccessDenied, allow ec2:",
        "400, AccessDeniedException, allow ec2:",
        "401, AuthFailure, valid AWS credentials",
        "403, InvalidClientTokenId, valid AWS credentials",
        "400, UnrecognizedClientException, valid AWS credentials",
        "400, IncompleteSignature, valid AWS credentials",
        "400, ExpiredToken, renew themselves",
        "400, ExpiredTokenException, renew themselves",
        "400, RequestExpired, clock",
        "403, SignatureDoesNotMatch, clock",
        "401, OptInRequired, aws.region",
        "400, Blocked, support",
        "400, SomethingNew, SomethingNew",
    })
    void aRefusalIsForGoodAndNamesWhatToChange(int status, String code, String remedy) {
        SdkException e = answer(status, code, "denied");
        for (Fault fault : new Fault[] {read(e), written(e)}) {
            assertThat(fault)
                    .isInstanceOfSatisfying(
                            Fault.Refused.class,
                            refused -> assertThat(refused.remedy()).contains(remedy));
        }
    }

    @Test
    void aDeniedActionNamesTheActionAndTheRole() {
        String message =
                "User: arn:aws:sts::123456789012:assumed-role/bastion-service/i-0 is not authorized to perform:"
                        + " ec2:DescribeInstances because no identity-based policy allows it";
        assertThat(read(answer(403, "UnauthorizedOperation", message)))
                .isInstanceOfSatisfying(
                        Fault.Refused.class,
                        refused -> assertThat(refused.remedy())
                                .startsWith("allow ec2:DescribeInstances to"
                                        + " arn:aws:sts::123456789012:assumed-role/bastion-service/i-0"));
        assertThat(read(answer(403, "UnauthorizedOperation", "an explicit deny in a service control policy")))
                .isInstanceOfSatisfying(
                        Fault.Refused.class,
                        refused -> assertThat(refused.remedy()).contains("AWS organization's administrators"));
    }

    @ParameterizedTest
    @CsvSource({
        "503, RequestLimitExceeded",
        "400, Throttling",
        "400, ThrottlingException",
        "429, TooManyRequestsException",
    })
    void aLimitIsLaterAlsoForATermination(int status, String code) {
        assertThat(read(answer(status, code, "slow down"))).isInstanceOf(Fault.Later.class);
        assertThat(written(answer(status, code, "slow down"))).isInstanceOf(Fault.Later.class);
    }

    @ParameterizedTest
    @CsvSource({"500, InternalError", "503, Unavailable", "503, ServiceUnavailable", "400, RequestTimeout"})
    void anErrorOfAwsIsLaterForAReadAndUnknownForATermination(int status, String code) {
        assertThat(read(answer(status, code, "oops"))).isInstanceOf(Fault.Later.class);
        assertThat(written(answer(status, code, "oops"))).isInstanceOf(Fault.Unknown.class);
    }

    @Test
    void noAnswerIsLaterForAReadAndUnknownForATermination() {
        SdkException silent = SdkClientException.create("timed out", new SocketTimeoutException("Read timed out"));
        assertThat(read(silent)).isInstanceOf(Fault.Later.class);
        assertThat(written(silent)).isInstanceOf(Fault.Unknown.class);
    }

    @Test
    void anEndpointThatDoesNotResolveIsASettingOnlyForARegionThatDoesNotExist() {
        SdkException unresolved = SdkClientException.create("no host", new UnknownHostException("ec2.x.amazonaws.com"));
        assertThat(read(unresolved)).isInstanceOf(Fault.Later.class);
        assertThat(new AwsFaults("eu-centrall-1").onRead("describing", ACTION, unresolved))
                .isInstanceOfSatisfying(
                        Fault.Refused.class,
                        refused -> assertThat(refused.remedy()).contains("aws.region"));
    }

    @Test
    void missingCredentialsAreASetting() {
        assertThat(read(SdkClientException.create("Unable to load credentials from any of the providers in the chain")))
                .isInstanceOfSatisfying(
                        Fault.Refused.class,
                        refused -> assertThat(refused.remedy()).contains("AWS credentials"));
    }

    @Test
    void onlySilenceSaysNothingOfTheCredentials() {
        SdkException refused = SdkClientException.create("cannot connect", new ConnectException("refused"));
        assertThat(AwsFaults.isUnanswered(refused)).isTrue();
        assertThat(AwsFaults.isUnanswered(ApiCallTimeoutException.create(20_000)))
                .isTrue();
        assertThat(AwsFaults.isUnanswered(ApiCallAttemptTimeoutException.create(10_000)))
                .isTrue();
        assertThat(AwsFaults.isUnanswered(SdkClientException.create("Profile file contained no credentials")))
                .isFalse();
        assertThat(AwsFaults.isUnanswered(SdkClientException.create(
                        "Unable to load credentials from any of the providers", new ConnectException("no metadata"))))
                .isFalse();
    }
}
