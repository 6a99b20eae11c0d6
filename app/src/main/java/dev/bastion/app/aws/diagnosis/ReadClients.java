package dev.bastion.app.aws.diagnosis;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The clients of the AWS APIs that a diagnosis reads. A person waits for it, so they give up soon. */
public record ReadClients(Ec2Client ec2, SsmClient ssm, IamClient iam, SchedulerClient scheduler)
        implements AutoCloseable {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);

    /** @param endpoint replaces the AWS endpoints */
    public static ReadClients of(String region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
        return new ReadClients(
                configure(Ec2Client.builder(), region, endpoint, credentials),
                configure(SsmClient.builder(), region, endpoint, credentials),
                configure(IamClient.builder(), region, endpoint, credentials),
                configure(SchedulerClient.builder(), region, endpoint, credentials));
    }

    private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C configure(
            B builder, String region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
        endpoint.ifPresent(builder::endpointOverride);
        return builder.httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .overrideConfiguration(
                        override -> override.apiCallTimeout(CALL_TIMEOUT).apiCallAttemptTimeout(CALL_TIMEOUT))
                .build();
    }

    @Override
    public void close() {
        ec2.close();
        ssm.close();
        iam.close();
        scheduler.close();
    }
}
