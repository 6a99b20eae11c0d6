package dev.bastion.app.aws;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * The translation of AWS's errors into faults: refused with the action, the role and what to change, later, or not known.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html">error codes</a>
 */
public record AwsFaults(String region) {
    static final int SERVER_FAULT = 500;
    private static final int FORBIDDEN = 403;

    private static final Set<String> LIMITS =
            Set.of("RequestLimitExceeded", "Throttling", "ThrottlingException", "TooManyRequestsException");
    /** Of a client's status, yet they pass by themselves. */
    private static final Set<String> PASSING = Set.of(
            "ServiceUnavailable",
            "Unavailable",
            "InternalError",
            "InternalFailure",
            "InternalServerError",
            "RequestTimeout",
            "PendingVerification");

    private static final Pattern CALLER = Pattern.compile("[Uu]ser: (arn:[\\w:/.+=,@-]+)");

    /** @param codes as AWS spells them; one of them is the error's */
    private record Row(Set<String> codes, String remedy) {}

    private static final List<Row> ROWS = List.of(
            new Row(
                    Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"),
                    "give the service credentials that renew themselves (a role), and restart it"),
            new Row(
                    Set.of(
                            "RequestExpired",
                            "RequestTimeTooSkewed",
                            "SignatureDoesNotMatch",
                            "InvalidSignatureException"),
                    "set the clock of the service's host, and check its AWS credentials"),
            new Row(
                    Set.of(
                            "AuthFailure",
                            "InvalidClientTokenId",
                            "UnrecognizedClientException",
                            "UnrecognizedClient",
                            "InvalidAccessKeyId",
                            "IncompleteSignature",
                            "MissingAuthenticationToken",
                            "MissingAuthenticationTokenException"),
                    "give the service valid AWS credentials of the account that has the bastions"),
            new Row(
                    Set.of("OptInRequired", "SubscriptionRequiredException", "RegionDisabledException"),
                    "enable the region for the account, or correct it (aws.region, or regions in accounts of"
                            + " ledger.yaml)"),
            new Row(Set.of("Blocked", "AccountDisabled"), "ask AWS's support why the account is blocked"));

    /** A call that changes nothing. */
    public Fault onRead(String attempted, String action, SdkException e) {
        return refusal(attempted, action, e).orElseGet(() -> later(attempted, e));
    }

    /** A call that AWS may have carried out although it did not answer. */
    Fault onWrite(String attempted, String action, SdkException e) {
        return refusal(attempted, action, e)
                .orElseGet(() ->
                        isLimit(e) ? later(attempted, e) : new Fault.Unknown(ExternalSystem.AWS, attempted, words(e)));
    }

    private static Fault later(String attempted, SdkException e) {
        return new Fault.Later(ExternalSystem.AWS, attempted, words(e));
    }

    private Optional<Fault> refusal(String attempted, String action, SdkException e) {
        return (e instanceof AwsServiceException answer ? remedy(action, answer) : remedy(e))
                .map(remedy -> new Fault.Refused(ExternalSystem.AWS, attempted, words(e), remedy));
    }

    /** Whether AWS did not answer in time or could not be reached, which says nothing of the credentials. */
    static boolean isUnanswered(SdkException e) {
        return !isWithoutCredentials(e)
                && causes(e)
                        .anyMatch(cause -> cause instanceof ApiCallTimeoutException
                                || cause instanceof ApiCallAttemptTimeoutException
                                || cause instanceof IOException);
    }

    private static boolean isWithoutCredentials(SdkException e) {
        return words(e).toLowerCase(Locale.ROOT).contains("unable to load credentials");
    }

    private static Stream<Throwable> causes(SdkException e) {
        return Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause);
    }

    /** Of a call that was not answered. */
    private Optional<String> remedy(SdkException e) {
        if (isWithoutCredentials(e)) {
            return Optional.of(
                    "give the service AWS credentials: a role of its host, or the SDK's environment variables");
        }
        boolean isUnresolved = causes(e).anyMatch(UnknownHostException.class::isInstance);
        return isUnresolved && !Region.regions().contains(Region.of(region))
                ? Optional.of("set aws.region to a region that exists; it is " + region)
                : Optional.empty();
    }

    private Optional<String> remedy(String action, AwsServiceException e) {
        String code = code(e);
        if (e.statusCode() >= SERVER_FAULT || isLimit(e) || PASSING.contains(code)) {
            return Optional.empty();
        }
        return ROWS.stream()
                .filter(row -> row.codes().contains(code))
                .map(Row::remedy)
                .findFirst()
                .or(() -> Optional.of(
                        isDenied(code, e)
                                ? permission(action, e)
                                : "look up the error code " + code + " of " + action));
    }

    private static boolean isDenied(String code, AwsServiceException e) {
        return e.statusCode() == FORBIDDEN
                || Set.of("UnauthorizedOperation", "AccessDenied", "AccessDeniedException")
                        .contains(code);
    }

    private static String permission(String action, AwsServiceException e) {
        if (e instanceof StsException) {
            return "let the role trust the service's role with the external_id of ledger.yaml, and let the service's"
                    + " role assume it (the modules account and bastion-orchestrator do)";
        }
        Matcher caller = CALLER.matcher(words(e));
        String role = caller.find() ? "to " + caller.group(1) : "to the service's role";
        return words(e).contains("service control policy")
                ? "ask the AWS organization's administrators to allow " + action + " in the service control policy"
                : "allow " + action + " " + role + " (the module account grants it)";
    }

    private static boolean isLimit(SdkException e) {
        return e instanceof AwsServiceException answer
                && (answer.isThrottlingException() || LIMITS.contains(code(answer)));
    }

    /** AWS's code; empty text where it gives none. */
    public static String code(AwsServiceException e) {
        return Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorCode)
                .orElse("");
    }

    private static String words(SdkException e) {
        return Objects.toString(e.getMessage(), e.getClass().getSimpleName());
    }
}
