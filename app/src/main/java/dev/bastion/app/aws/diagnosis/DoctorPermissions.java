package dev.bastion.app.aws.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.diagnosis.InstallationCheck;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;

/**
 * The check of the permissions that only {@code /bastion doctor} needs, each by a call that changes nothing. Access works without
 * them, so a missing one is a warning.
 */
public final class DoctorPermissions implements InstallationCheck {
    /** The permissions that the service's role has for nothing else. */
    static final List<String> ACTIONS = List.of(
            StatusFindings.ACTION,
            VpcPaths.ENDPOINTS,
            VpcPaths.ROUTES,
            SecurityRules.ACTION,
            ProfileFindings.ACTION,
            EndFindings.ACTION);

    /** A name that nothing has, within those that the role may read. */
    private static final String NOBODY = "bastion-doctor-asks";

    private static final int SERVER_FAULT = 500;
    private static final String SUBJECT = "permissions of /bastion doctor";
    private static final String WITHOUT = ", so `/bastion doctor` leaves out what they show";

    private final String region;
    private final Optional<URI> endpoint;
    private final AwsCredentialsProvider credentials;

    /** Uses the AWS SDK's default credentials. */
    public DoctorPermissions(String region, Optional<URI> endpoint) {
        this(region, endpoint, DefaultCredentialsProvider.builder().build());
    }

    /** The same with other credentials. */
    public DoctorPermissions(String region, Optional<URI> endpoint, AwsCredentialsProvider credentials) {
        this.region = region;
        this.endpoint = endpoint;
        this.credentials = credentials;
    }

    @Override
    public Area area() {
        return Area.AWS;
    }

    @Override
    public String system() {
        return "AWS";
    }

    @Override
    public void examine(Findings found) {
        List<String> refused = new ArrayList<>();
        Map<String, SdkException> silent = new TreeMap<>();
        SortedMap<String, Runnable> calls;
        try (ReadClients clients = ReadClients.of(region, endpoint, credentials)) {
            calls = calls(clients);
            calls.forEach((action, call) -> {
                switch (answerTo(call)) {
                    case Answer.Allowed _ -> {}
                    case Answer.Refused _ -> refused.add(action);
                    case Answer.None(SdkException why) -> silent.put(action, why);
                }
            });
        }
        if (silent.size() == calls.size()) {
            throw silent.values().iterator().next();
        }
        found.add(
                refused.isEmpty()
                        ? Finding.ok(Area.AWS, SUBJECT, "none is refused")
                        : Finding.warning(
                                Area.AWS,
                                SUBJECT,
                                "AWS refuses " + String.join(", ", refused) + WITHOUT,
                                "allow them to the role; terraform-modules/bastion-orchestrator has the service's role"));
        if (!silent.isEmpty()) {
            found.add(Finding.unknown(
                    Area.AWS,
                    SUBJECT,
                    "AWS does not answer " + String.join(", ", silent.keySet()) + WITHOUT,
                    "give the service a way to these APIs; where it runs without a way to the internet this is normal"
                            + " for IAM"));
        }
    }

    private static SortedMap<String, Runnable> calls(ReadClients clients) {
        SortedMap<String, Runnable> calls = new TreeMap<>();
        calls.put(StatusFindings.ACTION, () -> clients.ec2().describeInstanceStatus(request -> request.maxResults(5)));
        calls.put(VpcPaths.ENDPOINTS, () -> clients.ec2().describeVpcEndpoints(request -> request.maxResults(5)));
        calls.put(VpcPaths.ROUTES, () -> clients.ec2().describeRouteTables(request -> request.maxResults(5)));
        calls.put(
                SecurityRules.ACTION, () -> clients.ec2().describeSecurityGroupRules(request -> request.maxResults(5)));
        calls.put(
                ProfileFindings.ACTION,
                () -> clients.iam().getInstanceProfile(request -> request.instanceProfileName(NOBODY)));
        calls.put(EndFindings.ACTION, () -> clients.scheduler().getSchedule(request -> request.name(NOBODY)));
        return calls;
    }

    private sealed interface Answer {
        record Allowed() implements Answer {}

        record Refused() implements Answer {}

        record None(SdkException why) implements Answer {}
    }

    private static Answer answerTo(Runnable call) {
        try {
            call.run();
            return new Answer.Allowed();
        } catch (NoSuchEntityException | ResourceNotFoundException absent) {
            return new Answer.Allowed();
        } catch (AwsServiceException e) {
            boolean isPassing = e.statusCode() >= SERVER_FAULT || e.isThrottlingException();
            return isPassing ? new Answer.None(e) : new Answer.Refused();
        } catch (SdkException e) {
            return new Answer.None(e);
        }
    }
}
