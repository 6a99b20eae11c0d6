package dev.bastion.app.aws;

import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.port.BastionMonitor;
import dev.bastion.access.port.BastionTerminator;
import dev.bastion.access.port.ObservationFailed;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.PingStatus;

/**
 * The bastions in AWS: EC2 lists them by tag with their state, SSM tells whether their agent is online. Needs {@code
 * ec2:DescribeInstances}, {@code ssm:DescribeInstanceInformation}, and {@code ec2:TerminateInstances} on instances
 * tagged {@code ManagedBy=bastion}.
 */
public final class AwsPlatform implements BastionMonitor, BastionTerminator, AutoCloseable {
    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);
    /** The most ids that DescribeInstanceInformation takes in one filter. */
    private static final int MAX_IDS_PER_FILTER = 50;

    private final String region;
    private final Ec2Client ec2;
    private final SsmClient ssm;

    /**
     * Uses the AWS SDK's default credentials.
     *
     * @param endpoint replaces the AWS endpoints
     */
    public AwsPlatform(String region, Optional<URI> endpoint) {
        this(region, endpoint, DefaultCredentialsProvider.builder().build());
    }

    AwsPlatform(String region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
        this.region = region;
        this.ec2 = configure(Ec2Client.builder(), region, endpoint, credentials);
        this.ssm = configure(SsmClient.builder(), region, endpoint, credentials);
    }

    private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C configure(
            B builder, String region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
        endpoint.ifPresent(builder::endpointOverride);
        return builder.httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .overrideConfiguration(override ->
                        override.apiCallTimeout(ATTEMPT_TIMEOUT.multipliedBy(2)).apiCallAttemptTimeout(ATTEMPT_TIMEOUT))
                .build();
    }

    @Override
    public List<BastionObservation> look() {
        List<Instance> instances = call("describing the bastion instances", this::bastions);
        Map<String, PingStatus> pings = call("describing their SSM agents", () -> pings(instances));
        return instances.stream()
                .flatMap(instance ->
                        InstanceTags.of(instance)
                                .observation(region, instance, pings.get(instance.instanceId()))
                                .stream())
                .toList();
    }

    private List<Instance> bastions() {
        return ec2
                .describeInstancesPaginator(request -> request.filters(
                        filter("tag:" + InstanceTags.MANAGED_BY, InstanceTags.BASTION),
                        filter("instance-state-name", "pending", "running", "shutting-down", "stopping", "stopped")))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .toList();
    }

    private Map<String, PingStatus> pings(List<Instance> instances) {
        List<String> ids = instances.stream().map(Instance::instanceId).toList();
        List<InstanceInformation> agents = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += MAX_IDS_PER_FILTER) {
            List<String> batch = ids.subList(from, Math.min(ids.size(), from + MAX_IDS_PER_FILTER));
            ssm.describeInstanceInformationPaginator(
                            request -> request.filters(InstanceInformationStringFilter.builder()
                                    .key("InstanceIds")
                                    .values(batch)
                                    .build()))
                    .instanceInformationList()
                    .forEach(agents::add);
        }
        return agents.stream()
                .collect(Collectors.toMap(
                        InstanceInformation::instanceId, InstanceInformation::pingStatus, (first, _) -> first));
    }

    @Override
    public void terminate(BastionObservation bastion) {
        List<Instance> current = call("describing the bastion instances", this::bastions);
        if (current.stream().anyMatch(seen -> seen.instanceId().equals(bastion.instance()))) {
            call(
                    "terminating " + bastion.instance(),
                    () -> ec2.terminateInstances(request -> request.instanceIds(bastion.instance())));
        }
    }

    private static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    private static <T> T call(String attempted, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw new ObservationFailed(attempted, e);
        }
    }

    @Override
    public void close() {
        ec2.close();
        ssm.close();
    }
}
