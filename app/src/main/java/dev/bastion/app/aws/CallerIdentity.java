package dev.bastion.app.aws;

import dev.bastion.access.diagnosis.CheckFailed;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * The answer of {@code sts:GetCallerIdentity}, which needs no permission.
 *
 * @param account the account's id, of 12 digits
 * @param arn the role or user
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>
 */
public record CallerIdentity(String account, String arn) {
    private static final String ATTEMPTED = "asking AWS for the account";

    /** AWS's refusal of the credentials. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Refused(String answer) {
            super(answer);
        }
    }

    /**
     * Whether this is a session of a role.
     *
     * @param role its ARN, whose path a session's ARN leaves out
     */
    public boolean isOf(String role) {
        String name = role.substring(role.lastIndexOf('/') + 1);
        return arn.contains(":" + account + ":assumed-role/" + name + "/") && role.contains(":" + account + ":role/");
    }

    /**
     * The identity of the credentials.
     *
     * @throws Refused when AWS does not accept the credentials
     * @throws CheckFailed when AWS does not answer
     */
    public static CallerIdentity ask(AwsCredentials credentials, String region, Optional<URI> endpoint) {
        try (StsClient sts = AwsPlatform.configure(
                StsClient.builder(), region, endpoint, StaticCredentialsProvider.create(credentials))) {
            GetCallerIdentityResponse answer = sts.getCallerIdentity();
            return new CallerIdentity(answer.account(), answer.arn());
        } catch (AwsServiceException e) {
            if (e.statusCode() >= AwsFaults.SERVER_FAULT) {
                throw new CheckFailed(ATTEMPTED, e);
            }
            throw new Refused(AwsFaults.code(e) + ": "
                    + Objects.toString(e.awsErrorDetails().errorMessage(), "no reason given"));
        } catch (SdkClientException e) {
            throw new CheckFailed(ATTEMPTED, e);
        }
    }
}
