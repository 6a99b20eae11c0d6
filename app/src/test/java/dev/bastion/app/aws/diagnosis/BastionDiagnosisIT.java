package dev.bastion.app.aws.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.port.BastionDiagnostics.Expected;
import dev.bastion.access.port.BastionDiagnostics.Subject;
import dev.bastion.sandbox.emulator.AwsEmulator;
import dev.bastion.sandbox.emulator.AwsEmulatorSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;

/** The diagnosis on the AWS emulator, whose agents judge by themselves whether they reach Systems Manager. */
class BastionDiagnosisIT {
    private static final String REGION = "eu-west-1";
    private static final RequestId REQUEST = new RequestId("01JHR7Z9C0V6T1XK");
    private static final String AGENT_POLICY = """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*", "Action": [
        "ssm:UpdateInstanceInformation", "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"]}]}\
        """;
    private static final String TRUST = """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"Service": "ec2.amazonaws.com"}}]}\
        """;

    @TempDir
    Path folder;

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Instant end = start.plus(Duration.ofHours(2));
    private AwsEmulator emulator;
    private ReadClients clients;
    private BastionDiagnosis diagnosis;
    private String bastionGroup;
    private String databaseGroup;
    private String endpointGroup;
    private String instance;

    @BeforeEach
    void open() {
        emulator = AwsEmulator.start(new AwsEmulatorSettings(
                System.getenv().getOrDefault("BASTION_MOTO", "python3"),
                folder,
                REGION,
                Duration.ofSeconds(1),
                false,
                false));
        clients = ReadClients.of(
                REGION,
                Optional.of(emulator.address()),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
        diagnosis = new BastionDiagnosis(clients, REGION, Optional.empty());
        makeRole();
        makeNetwork();
        clients.scheduler()
                .createSchedule(request -> request.name("bastion-orders-dev-end")
                        .scheduleExpression("rate(10 minutes)")
                        .startDate(end.plusSeconds(300))
                        .state(ScheduleState.ENABLED)
                        .flexibleTimeWindow(window -> window.mode(FlexibleTimeWindowMode.OFF))
                        .target(target -> target.arn("arn:aws:scheduler:::aws-sdk:ec2:terminateInstances")
                                .roleArn("arn:aws:iam::123456789012:role/bastion-orders-dev-end")
                                .input("{\"InstanceIds\":[\"" + instance + "\"]}")));
    }

    @AfterEach
    void stop() {
        diagnosis.close();
        emulator.close();
    }

    private void makeRole() {
        String name = "bastion-orders-dev";
        clients.iam().createRole(request -> request.roleName(name).assumeRolePolicyDocument(TRUST));
        clients.iam()
                .putRolePolicy(
                        request -> request.roleName(name).policyName("agent").policyDocument(AGENT_POLICY));
        clients.iam().createInstanceProfile(request -> request.instanceProfileName(name));
        clients.iam()
                .addRoleToInstanceProfile(
                        request -> request.instanceProfileName(name).roleName(name));
    }

    private void makeNetwork() {
        Ec2Client ec2 = clients.ec2();
        String vpc =
                ec2.createVpc(request -> request.cidrBlock("10.0.0.0/16")).vpc().vpcId();
        String subnet = ec2.createSubnet(request -> request.vpcId(vpc).cidrBlock("10.0.1.0/24"))
                .subnet()
                .subnetId();
        bastionGroup = group(vpc, "bastion-orders-dev");
        databaseGroup = group(vpc, "database");
        endpointGroup = group(vpc, "endpoints");
        letOut(443, endpointGroup);
        letIn(endpointGroup, 443);
        letOut(5432, databaseGroup);
        letIn(databaseGroup, 5432);
        for (String service : List.of("ssm", "ssmmessages")) {
            ec2.createVpcEndpoint(request -> request.vpcId(vpc)
                    .vpcEndpointType(VpcEndpointType.INTERFACE)
                    .serviceName("com.amazonaws." + REGION + "." + service)
                    .privateDnsEnabled(true)
                    .subnetIds(subnet)
                    .securityGroupIds(endpointGroup));
        }
        instance = ec2.runInstances(request -> request.imageId("ami-12345678")
                        .minCount(1)
                        .maxCount(1)
                        .subnetId(subnet)
                        .securityGroupIds(bastionGroup)
                        .iamInstanceProfile(profile -> profile.name("bastion-orders-dev"))
                        .tagSpecifications(List.of(TagSpecification.builder()
                                .resourceType(ResourceType.INSTANCE)
                                .tags(tags())
                                .build())))
                .instances()
                .getFirst()
                .instanceId();
    }

    private List<Tag> tags() {
        return Map.of(
                        "ManagedBy", "bastion",
                        "Environment", "dev",
                        "RequestId", REQUEST.value(),
                        "Name", "bastion-orders-dev",
                        "ExpiresAt", end.toString(),
                        "Database", "db.internal:5432")
                .entrySet()
                .stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    /** A group without the rule that lets everything out. */
    private String group(String vpc, String name) {
        String id = clients.ec2()
                .createSecurityGroup(
                        request -> request.vpcId(vpc).groupName(name).description(name))
                .groupId();
        clients.ec2()
                .revokeSecurityGroupEgress(request -> request.groupId(id)
                        .ipPermissions(IpPermission.builder()
                                .ipProtocol("-1")
                                .ipRanges(List.of(
                                        IpRange.builder().cidrIp("0.0.0.0/0").build()))
                                .build()));
        return id;
    }

    private static IpPermission to(int port, String group) {
        return IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(port)
                .toPort(port)
                .userIdGroupPairs(
                        List.of(UserIdGroupPair.builder().groupId(group).build()))
                .build();
    }

    private void letOut(int port, String group) {
        clients.ec2()
                .authorizeSecurityGroupEgress(
                        request -> request.groupId(bastionGroup).ipPermissions(to(port, group)));
    }

    private void letIn(String group, int port) {
        clients.ec2()
                .authorizeSecurityGroupIngress(request -> request.groupId(group).ipPermissions(to(port, bastionGroup)));
    }

    private void shut(String group, int port) {
        clients.ec2()
                .revokeSecurityGroupIngress(request -> request.groupId(group).ipPermissions(to(port, bastionGroup)));
    }

    private List<Finding> findings() {
        Findings found = new Findings();
        diagnosis.examine(
                new Subject(
                        new EnvironmentName("dev"),
                        new Expected.Granted(REQUEST, start, end, start),
                        start.plus(Duration.ofMinutes(20))),
                found);
        return found.all();
    }

    private Finding first() {
        return findings().stream()
                .min(Comparator.comparingInt(Finding::gravity))
                .orElseThrow();
    }

    @Test
    void theCauseIsFoundAndWithItsRepairAllIsFine() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(findings()).allMatch(finding -> finding.is(Finding.Status.OK)));
        shut(endpointGroup, 443);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(findings())
                        .anyMatch(finding -> finding.meaning().contains("has not registered")));
        assertThat(first().line()).contains("endpoint ssm", "do not let the bastion in");
        letIn(endpointGroup, 443);
        shut(databaseGroup, 5432);
        assertThat(first().line()).contains("way to the database", databaseGroup);
        letIn(databaseGroup, 5432);
        clients.iam()
                .removeRoleFromInstanceProfile(request ->
                        request.instanceProfileName("bastion-orders-dev").roleName("bastion-orders-dev"));
        assertThat(first().line()).contains("role", "has no role");
        clients.ec2().terminateInstances(request -> request.instanceIds(instance));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(first().line()).contains(instance, "although the grant is open"));
    }
}
