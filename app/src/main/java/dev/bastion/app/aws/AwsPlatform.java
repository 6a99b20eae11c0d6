package dev.bastion.app.aws;

import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.fault.TerminationRefused;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.port.BastionMonitor;
import dev.bastion.access.port.BastionTerminator;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.PingStatus;

/**
 * The bastions in AWS: EC2 lists them by tag and by the tags of their security groups, SSM tells whether their agent is
 * online. Needs {@code ec2:DescribeInstances}, {@code ec2:DescribeSecurityGroups}, {@code
 * ssm:DescribeInstanceInformation}, and {@code ec2:TerminateInstances} on instances tagged {@code ManagedBy=bastion}.
 */
public final class AwsPlatform implements BastionMonitor, BastionTerminator, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AwsPlatform.class);
    static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(10);
    /** The most ids that DescribeInstanceInformation takes in one filter. */
    private static final int MAX_IDS_PER_FILTER = 50;
    /** The most values that DescribeInstances takes in one filter. */
    private static final int MAX_FILTER_VALUES = 200;

    private static final int FORBIDDEN = 403;
    /** The tag of every bastion. */
    static final Filter TAGGED = filter("tag:" + InstanceTags.MANAGED_BY, InstanceTags.BASTION);

    private static final String AGENTS = "ssm:DescribeInstanceInformation";
    private static final String INSTANCES = "ec2:DescribeInstances";

    private final String region;
    private final Optional<String> ledgerName;
    private final AwsFaults faults;
    private final Ec2Client ec2;
    private final SsmClient ssm;
    private volatile boolean mayDescribeGroups = true;

    /**
     * Uses the AWS SDK's default credentials.
     *
     * @param endpoint replaces the AWS endpoints
     * @param ledgerName the name of this ledger in the tags of instances
     */
    public AwsPlatform(String region, Optional<URI> endpoint, Optional<String> ledgerName) {
        this(region, endpoint, ledgerName, DefaultCredentialsProvider.builder().build());
    }

    /** The same with other credentials. */
    public AwsPlatform(
            String region, Optional<URI> endpoint, Optional<String> ledgerName, AwsCredentialsProvider credentials) {
        this.region = region;
        this.faults = new AwsFaults(region);
        this.ledgerName = ledgerName;
        this.ec2 = configure(Ec2Client.builder(), region, endpoint, credentials);
        this.ssm = configure(SsmClient.builder(), region, endpoint, credentials);
    }

    /** A client with the timeouts of this package. */
    public static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C configure(
            B builder, String region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
        endpoint.ifPresent(builder::endpointOverride);
        return builder.httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .overrideConfiguration(override ->
                        override.apiCallTimeout(ATTEMPT_TIMEOUT.multipliedBy(2)).apiCallAttemptTimeout(ATTEMPT_TIMEOUT))
                .build();
    }

    /**
     * An instance.
     *
     * @param account the id of the account that it belongs to
     */
    record Described(Instance instance, Optional<String> account) {
        String id() {
            return instance.instanceId();
        }
    }

    @Override
    public List<BastionObservation> look() {
        Map<String, String> groups = bastionGroups();
        Map<String, Described> instances = new TreeMap<>();
        call("describing the bastion instances", INSTANCES, this::bastions)
                .forEach(seen -> instances.put(seen.id(), seen));
        call("describing the instances in bastions' security groups", INSTANCES, () -> instancesIn(groups.keySet()))
                .forEach(seen -> instances.putIfAbsent(seen.id(), seen));
        Map<String, PingStatus> pings =
                call("describing their SSM agents", AGENTS, () -> pings(List.copyOf(instances.keySet())));
        return instances.values().stream()
                .map(seen -> InstanceTags.of(seen.instance())
                        .observation(
                                region, seen, pings.get(seen.id()), environments(seen.instance(), groups), ledgerName))
                .toList();
    }

    private static Set<String> environments(Instance instance, Map<String, String> groups) {
        return instance.securityGroups().stream()
                .map(GroupIdentifier::groupId)
                .filter(groups::containsKey)
                .map(groups::get)
                .collect(Collectors.toSet());
    }

    /**
     * The security groups of bastions, each with its environment. A role of an older version may not describe groups: then
     * only tagged instances are known, and that is logged.
     */
    private Map<String, String> bastionGroups() {
        try {
            Map<String, String> groups =
                    call(
                            "describing the bastions' security groups",
                            "ec2:DescribeSecurityGroups",
                            () -> ec2
                                    .describeSecurityGroupsPaginator(request -> request.filters(TAGGED))
                                    .securityGroups()
                                    .stream()
                                    .collect(Collectors.toMap(
                                            SecurityGroup::groupId, AwsPlatform::environment, (one, _) -> one)));
            mayDescribeGroups = true;
            return groups;
        } catch (ObservationFailed e) {
            if (!(e.getCause() instanceof Ec2Exception denied) || denied.statusCode() != FORBIDDEN) {
                throw e;
            }
            if (mayDescribeGroups) {
                LOG.atError()
                        .addKeyValue("action", "ec2:DescribeSecurityGroups")
                        .addKeyValue("reason", denied.getMessage())
                        .log("inventory.incomplete");
            }
            mayDescribeGroups = false;
            return Map.of();
        }
    }

    private static String environment(SecurityGroup group) {
        return group.tags().stream()
                .filter(tag -> tag.key().equals("Environment"))
                .map(Tag::value)
                .findFirst()
                .orElse("");
    }

    private List<Described> instancesIn(Set<String> groups) {
        List<String> ids = List.copyOf(groups);
        List<Described> instances = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += MAX_FILTER_VALUES) {
            List<String> batch = ids.subList(from, Math.min(ids.size(), from + MAX_FILTER_VALUES));
            instances.addAll(described(ec2, filter("instance.group-id", batch.toArray(String[]::new))));
        }
        return instances;
    }

    private List<Described> bastions() {
        return described(ec2, TAGGED);
    }

    /** All pages of the answer: an instance that is not in it is absent. */
    static List<Described> described(Ec2Client ec2, Filter by) {
        return ec2
                .describeInstancesPaginator(request -> request.filters(
                        by,
                        filter("instance-state-name", "pending", "running", "shutting-down", "stopping", "stopped")))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream()
                        .map(instance -> new Described(instance, Optional.ofNullable(reservation.ownerId()))))
                .toList();
    }

    private Map<String, PingStatus> pings(List<String> ids) {
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
    public boolean terminate(BastionObservation bastion) {
        List<Described> current = call("describing the bastion instances", INSTANCES, this::bastions);
        return current.stream().anyMatch(seen -> seen.id().equals(bastion.instance())) && terminate(bastion.instance());
    }

    private boolean terminate(String instance) {
        try {
            ec2.terminateInstances(request -> request.instanceIds(instance));
            return true;
        } catch (SdkException e) {
            String attempted = "terminating " + instance;
            Fault fault = faults.onWrite(attempted, "ec2:TerminateInstances", e);
            if (fault instanceof Fault.Refused && isAbsent(e)) {
                LOG.atInfo().addKeyValue("instance", instance).log("instance.terminated-before");
                return false;
            }
            throw switch (fault) {
                case Fault.Refused refused ->
                    new TerminationRefused(instance, refused.answered(), remedy(instance, refused, e), e);
                case Fault.Unknown unknown -> new ObservationFailed(unknown, e);
                case Fault.Later later -> new ObservationFailed(later, e);
            };
        }
    }

    /** Between the look and the call it was terminated and forgotten; the next look shows it. */
    private static boolean isAbsent(SdkException e) {
        return e instanceof Ec2Exception answer && AwsFaults.code(answer).equals("InvalidInstanceID.NotFound");
    }

    private static String remedy(String instance, Fault.Refused refused, SdkException e) {
        if (e instanceof Ec2Exception answer && AwsFaults.code(answer).equals("OperationNotPermitted")) {
            return "Switch off its termination protection: aws ec2 modify-instance-attribute --instance-id " + instance
                    + " --no-disable-api-termination.";
        }
        return e instanceof Ec2Exception answer && answer.statusCode() == FORBIDDEN
                ? "Allow the service's role ec2:TerminateInstances on instances with the tag ManagedBy=bastion."
                : "Terminate it in AWS, and " + refused.remedy() + ".";
    }

    private static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    /** @param action the permission that the call needs */
    private <T> T call(String attempted, String action, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw new ObservationFailed(faults.onRead(attempted, action, e), e);
        }
    }

    @Override
    public void close() {
        ec2.close();
        ssm.close();
    }
}
