package dev.bastion.app.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bastion.access.diagnosis.CheckFailed;
import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.app.aws.PersonalAccessFailed.Reason;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.StartSessionResponse;

/** A person's access by EC2 and SSM, with the credentials of the AWS SDK's chain or of a profile. */
public final class PersonalSessions implements PersonalAccess {
    /** AWS's own document, for an instance of an older version of the module. */
    private static final String ANY_HOST = "AWS-StartPortForwardingSessionToRemoteHost";

    private final String region;
    private final String profile;
    private final Optional<URI> endpoint;
    private final AwsCredentialsProvider credentials;
    private final PersonalFaults faults;
    private final Ec2Client ec2;
    private final SsmClient ssm;
    private final ObjectMapper json = new ObjectMapper();

    /** Whether this person's AWS configuration has a profile of this name. */
    public static boolean isConfigured(String profile) {
        return PersonalProfile.isConfigured(profile);
    }

    /**
     * Uses the person's configuration.
     *
     * @param region from the command line; else the environment's or the profile's
     * @param profile from the command line
     * @param environment {@code AWS_ENDPOINT_URL} in it replaces the endpoints
     * @throws PersonalAccessFailed when there is no region
     */
    public static PersonalSessions of(
            Optional<String> region, Optional<String> profile, Map<String, String> environment) {
        PersonalProfile used = PersonalProfile.of(profile, environment);
        return new PersonalSessions(
                used.region(region, environment),
                profile.or(() -> Optional.ofNullable(environment.get("AWS_PROFILE")))
                        .orElse(""),
                Optional.ofNullable(environment.get("AWS_ENDPOINT_URL")).map(URI::create),
                used.credentials(),
                used.login());
    }

    PersonalSessions(
            String region, String profile, Optional<URI> endpoint, AwsCredentialsProvider credentials, String login) {
        this.region = region;
        this.profile = profile;
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.faults = new PersonalFaults(region, login);
        this.ec2 = AwsPlatform.configure(Ec2Client.builder(), region, endpoint, credentials);
        this.ssm = AwsPlatform.configure(SsmClient.builder(), region, endpoint, credentials);
    }

    @Override
    public String region() {
        return region;
    }

    /** The person's credentials, for other calls in the person's name. */
    public AwsCredentialsProvider credentials() {
        return credentials;
    }

    /** What replaces AWS's endpoints. */
    public Optional<URI> endpoint() {
        return endpoint;
    }

    @Override
    public String identity() {
        try {
            CallerIdentity identity = call(
                    "sts:GetCallerIdentity",
                    () -> CallerIdentity.ask(credentials.resolveCredentials(), region, endpoint));
            return "account " + identity.account() + ", as " + identity.arn();
        } catch (CallerIdentity.Refused refused) {
            throw new PersonalAccessFailed(
                    Reason.CONFIGURATION,
                    "AWS does not accept your credentials: " + refused.getMessage(),
                    faults.login(),
                    refused);
        } catch (CheckFailed unanswered) {
            throw new PersonalAccessFailed(
                    Reason.UNREACHABLE,
                    String.valueOf(unanswered.getMessage()),
                    "check the region and this machine's network, and try again",
                    unanswered);
        }
    }

    @Override
    public List<PersonalBastion> bastionsOf(EnvironmentName environment) {
        return bastions(AwsPlatform.TAGGED, filter("tag:Environment", environment.resourceName()));
    }

    @Override
    public Optional<PersonalBastion> bastion(String instance) {
        return bastions(AwsPlatform.TAGGED, filter("instance-id", instance)).stream()
                .findFirst();
    }

    private List<PersonalBastion> bastions(Filter... by) {
        List<Filter> filters = Stream.concat(
                        Stream.of(by), Stream.of(filter("instance-state-name", "pending", "running")))
                .toList();
        return call(
                "ec2:DescribeInstances",
                () -> ec2.describeInstancesPaginator(request -> request.filters(filters)).reservations().stream()
                        .flatMap(reservation -> reservation.instances().stream())
                        .map(instance -> InstanceTags.of(instance)
                                .personal(
                                        region,
                                        instance.instanceId(),
                                        instance.state().name() == InstanceStateName.RUNNING))
                        .toList());
    }

    private static Filter filter(String name, String... values) {
        return Filter.builder().name(name).values(values).build();
    }

    @Override
    public PersonalSession start(PersonalBastion bastion, int localPort) {
        Connection to = bastion.connection();
        String document = to.portDocument().orElse(ANY_HOST);
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (to.portDocument().isEmpty()) {
            parameters.put("host", List.of(to.databaseHost()));
            parameters.put("portNumber", List.of(Integer.toString(to.databasePort())));
        }
        parameters.put("localPortNumber", List.of(Integer.toString(localPort)));
        StartSessionResponse answer = call(
                "ssm:StartSession on " + to.instance() + " with the document " + document,
                () -> ssm.startSession(request ->
                        request.target(to.instance()).documentName(document).parameters(parameters)));
        return new PersonalSession(
                answer.sessionId(),
                text(Map.of(
                        "SessionId", answer.sessionId(),
                        "TokenValue", answer.tokenValue(),
                        "StreamUrl", answer.streamUrl())),
                text(Map.of("Target", to.instance(), "DocumentName", document, "Parameters", parameters)),
                region,
                profile,
                endpoint.map(URI::toString).orElseGet(this::address));
    }

    private String address() {
        return "https://ssm." + region + "."
                + PartitionMetadata.of(Region.of(region)).dnsSuffix();
    }

    private String text(Map<String, ?> value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void terminate(String session) {
        call("ssm:TerminateSession", () -> ssm.terminateSession(request -> request.sessionId(session)));
    }

    @Override
    public String databaseToken(String host, int port, String user, InstantSource clock) {
        return call(
                "the token for " + user,
                () -> DatabaseToken.of(host, port, user, region, credentials.resolveCredentials(), clock));
    }

    private <T> T call(String action, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException failure) {
            throw faults.of(action, failure);
        }
    }

    @Override
    public void close() {
        ec2.close();
        ssm.close();
    }
}
