package dev.bastion.app.aws.account;

import dev.bastion.app.aws.AwsPlatform;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/**
 * The credentials for one place: those of its watch role, renewed before they expire, or the service's own. STS is asked in
 * the place's own region, whose tokens are valid in an opt-in region, too.
 */
public final class AccountCredentials implements AwsCredentialsProvider, AutoCloseable {
    private static final String SESSION = "bastion-service";

    private final AwsCredentialsProvider credentials;
    private final Runnable close;

    private AccountCredentials(AwsCredentialsProvider credentials, Runnable close) {
        this.credentials = credentials;
        this.close = close;
    }

    /**
     * Makes no call.
     *
     * @param own the service's credentials, by which it assumes the role
     * @param endpoint replaces AWS's
     */
    public static AccountCredentials of(WatchedPlace at, AwsCredentialsProvider own, Optional<URI> endpoint) {
        return at.role()
                .map(role -> assumed(role, at, own, endpoint))
                .orElseGet(() -> new AccountCredentials(own, () -> {}));
    }

    /** The same with the AWS SDK's default credentials as the service's. */
    public static AccountCredentials of(WatchedPlace at, Optional<URI> endpoint) {
        return of(at, DefaultCredentialsProvider.builder().build(), endpoint);
    }

    private static AccountCredentials assumed(
            String role, WatchedPlace at, AwsCredentialsProvider own, Optional<URI> endpoint) {
        StsClient sts = AwsPlatform.configure(StsClient.builder(), at.region(), endpoint, own);
        AssumeRoleRequest request = AssumeRoleRequest.builder()
                .roleArn(role)
                .externalId(at.externalId().orElse(null))
                .roleSessionName(SESSION)
                .build();
        StsAssumeRoleCredentialsProvider provider = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request)
                .build();
        return new AccountCredentials(provider, () -> {
            provider.close();
            sts.close();
        });
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return credentials.resolveCredentials();
    }

    @Override
    public void close() {
        close.run();
    }
}
