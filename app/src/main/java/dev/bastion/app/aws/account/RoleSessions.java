package dev.bastion.app.aws.account;

import dev.bastion.access.diagnosis.CheckFailed;
import dev.bastion.app.aws.AwsFaults;
import dev.bastion.app.aws.AwsPlatform;
import dev.bastion.app.aws.CallerIdentity;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Sessions of roles for other programs, each valid for an hour, which is the longest that every role and every way to it
 * allow.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole</a>
 */
public final class RoleSessions {
    private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
    private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
    private static final String TOKEN = "AWS_SESSION_TOKEN";

    private final String region;
    private final Optional<URI> endpoint;
    private final AwsCredentialsProvider own;

    /** The answer that a role cannot be assumed, with AWS's words. */
    public static final class NotAssumed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotAssumed(String answer, Throwable cause) {
            super(answer, cause);
        }
    }

    private RoleSessions(String region, Optional<URI> endpoint, AwsCredentialsProvider own) {
        this.region = region;
        this.endpoint = endpoint;
        this.own = own;
    }

    /**
     * The sessions that a process can take. Its own credentials are those of its variables, else the AWS SDK's default ones.
     *
     * @param region whose STS is asked
     * @param variables those of the process, with the addresses that replace AWS's
     */
    public static RoleSessions of(String region, Map<String, String> variables) {
        Optional<URI> endpoint = Stream.of("AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL")
                .flatMap(name -> Stream.ofNullable(variables.get(name)))
                .filter(address -> !address.isBlank())
                .findFirst()
                .map(URI::create);
        return new RoleSessions(region, endpoint, own(variables));
    }

    private static AwsCredentialsProvider own(Map<String, String> variables) {
        String key = variables.getOrDefault(ACCESS_KEY, "");
        String secret = variables.getOrDefault(SECRET_KEY, "");
        String token = variables.getOrDefault(TOKEN, "");
        if (key.isBlank() || secret.isBlank()) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(
                token.isBlank()
                        ? AwsBasicCredentials.create(key, secret)
                        : AwsSessionCredentials.create(key, secret, token));
    }

    /**
     * The variables of a session that the process's own credentials open; empty where these are the role's already.
     *
     * @param role its ARN
     * @param session the session's name, as CloudTrail shows it
     * @throws NotAssumed when AWS refuses or does not answer
     */
    public Optional<Map<String, String>> byOwnCredentials(String role, String session) {
        return isOwn(role)
                ? Optional.empty()
                : Optional.of(session(
                        own,
                        sts -> sts.assumeRole(request -> request.roleArn(role).roleSessionName(session))
                                .credentials()));
    }

    /**
     * The variables of a session that a token opens.
     *
     * @param token an OIDC token whose issuer the role's account knows
     * @throws NotAssumed when AWS refuses or does not answer
     */
    public Map<String, String> byToken(String role, String session, String token) {
        return session(
                AnonymousCredentialsProvider.create(),
                sts -> sts.assumeRoleWithWebIdentity(request ->
                                request.roleArn(role).roleSessionName(session).webIdentityToken(token))
                        .credentials());
    }

    private boolean isOwn(String role) {
        try {
            AwsCredentials credentials = own.resolveCredentials();
            return CallerIdentity.ask(credentials, region, endpoint).isOf(role);
        } catch (SdkException | CheckFailed e) {
            throw new NotAssumed(Objects.toString(e.getMessage(), "no answer"), e);
        } catch (CallerIdentity.Refused e) {
            throw new NotAssumed("CI's own credentials are not valid: " + e.getMessage(), e);
        }
    }

    private Map<String, String> session(AwsCredentialsProvider by, Function<StsClient, Credentials> call) {
        try (StsClient sts = AwsPlatform.configure(StsClient.builder(), region, endpoint, by)) {
            Credentials opened = call.apply(sts);
            return Map.of(
                    ACCESS_KEY,
                    opened.accessKeyId(),
                    SECRET_KEY,
                    opened.secretAccessKey(),
                    TOKEN,
                    opened.sessionToken());
        } catch (AwsServiceException e) {
            throw new NotAssumed(AwsFaults.code(e) + ": " + words(e), e);
        } catch (SdkException e) {
            throw new NotAssumed(Objects.toString(e.getMessage(), "no answer"), e);
        }
    }

    private static String words(AwsServiceException e) {
        return Optional.ofNullable(e.awsErrorDetails())
                .map(AwsErrorDetails::errorMessage)
                .orElse("status " + e.statusCode());
    }
}
