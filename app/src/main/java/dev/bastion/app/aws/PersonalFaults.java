package dev.bastion.app.aws;

import dev.bastion.app.aws.PersonalAccessFailed.Reason;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The translation of AWS's errors for the person whose call it was; {@link AwsFaults} is the service's.
 *
 * @param login how the person signs in
 */
record PersonalFaults(String region, String login) {
    private static final int FORBIDDEN = 403;

    private static final Set<String> CREDENTIALS = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "TokenRefreshRequired",
            "AuthFailure",
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "InvalidAccessKeyId",
            "IncompleteSignature",
            "MissingAuthenticationToken",
            "InvalidGrantException",
            "UnauthorizedException");
    /** In the messages of the SDK's credential providers, which have no codes. */
    private static final Set<String> CREDENTIAL_WORDS =
            Set.of("credentials", "SSO", "Profile", "profile", "Token is expired", "token");

    private static final Set<String> CLOCK =
            Set.of("RequestExpired", "RequestTimeTooSkewed", "SignatureDoesNotMatch", "InvalidSignatureException");

    /** @param action the permission that the call needs, like {@code ec2:DescribeInstances} */
    PersonalAccessFailed of(String action, SdkException failure) {
        return failure instanceof AwsServiceException answer ? answered(action, answer) : unanswered(action, failure);
    }

    private PersonalAccessFailed answered(String action, AwsServiceException answer) {
        String code = AwsFaults.code(answer);
        if (answer.statusCode() >= AwsFaults.SERVER_FAULT || answer.isThrottlingException()) {
            return unreachable(action, answer);
        }
        if (code.equals("TargetNotConnected")) {
            return failed(
                    Reason.NOT_CONNECTED,
                    "The bastion's agent is not connected to SSM.",
                    "wait a minute; then run `/bastion doctor` in Slack",
                    answer);
        }
        if (CREDENTIALS.contains(code) || answer.statusCode() == 401) {
            return failed(Reason.CONFIGURATION, "AWS does not accept your credentials: " + code + ".", login, answer);
        }
        if (CLOCK.contains(code)) {
            return failed(
                    Reason.CONFIGURATION,
                    "AWS does not accept the signature: " + code + ".",
                    "set this machine's clock, or " + login,
                    answer);
        }
        boolean isDenied = answer.statusCode() == FORBIDDEN || code.startsWith("AccessDenied");
        return isDenied
                ? failed(
                        Reason.DENIED,
                        "AWS does not allow you " + action + ": " + words(answer),
                        "ask for " + action
                                + " (docs/runbook.md, \"People's permissions\"), or use the profile that has"
                                + " it with --profile",
                        answer)
                : failed(
                        Reason.REFUSED,
                        "AWS refuses " + action + ": " + words(answer),
                        "look up the error " + code + " of " + action,
                        answer);
    }

    /** No credentials were found or renewed, or AWS did not answer. */
    private PersonalAccessFailed unanswered(String action, SdkException failure) {
        String words = words(failure);
        boolean isOfCredentials = CREDENTIAL_WORDS.stream().anyMatch(words::contains);
        return isOfCredentials
                ? failed(
                        Reason.CONFIGURATION,
                        "There are no valid AWS credentials: " + firstSentence(words),
                        login,
                        failure)
                : unreachable(action, failure);
    }

    private PersonalAccessFailed unreachable(String action, SdkException failure) {
        return failed(
                Reason.UNREACHABLE,
                "AWS in " + region + " does not answer " + action + ": " + firstSentence(words(failure)),
                "check the region and this machine's network, and try again",
                failure);
    }

    private static PersonalAccessFailed failed(Reason reason, String message, String remedy, SdkException cause) {
        return new PersonalAccessFailed(reason, message, remedy, cause);
    }

    /** The SDK lists every provider of its chain behind this, or says where to read on. */
    private static String firstSentence(String words) {
        String first = words.replaceFirst(" in the chain [\\s\\S]*", ".").replaceFirst("(?s)\\. .*", ".");
        return first.length() <= 300 ? first : first.substring(0, 300) + "…";
    }

    private static String words(SdkException e) {
        return Objects.toString(e.getMessage(), e.getClass().getSimpleName())
                .replaceFirst(" \\(Service: [\\s\\S]*", "");
    }
}
