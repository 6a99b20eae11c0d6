package dev.bastion.app.aws.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.PingStatus;

/** The findings about the instance's SSM agent, as Systems Manager knows it. */
record AgentFindings(SsmClient ssm, ReadCalls calls) {
    static final String ACTION = "ssm:DescribeInstanceInformation";
    private static final String SUBJECT = "agent";
    private static final Duration REGISTERING_TAKES = Duration.ofMinutes(2);

    /** @return whether the agent is online */
    boolean judge(BastionInstance bastion, Instant now, Findings found) {
        InstanceInformationStringFilter only = InstanceInformationStringFilter.builder()
                .key("InstanceIds")
                .values(bastion.instance().instanceId())
                .build();
        Optional<Optional<InstanceInformation>> answer = calls.ask(
                ACTION,
                "the instance's agent",
                found,
                () -> ssm
                        .describeInstanceInformationPaginator(request -> request.filters(only))
                        .instanceInformationList()
                        .stream()
                        .filter(one -> bastion.instance().instanceId().equals(one.instanceId()))
                        .findFirst());
        if (answer.isEmpty()) {
            return false;
        }
        Optional<InstanceInformation> agent = answer.get();
        found.add(agent.map(one -> of(bastion, one)).orElseGet(() -> unregistered(bastion, now)));
        return agent.filter(one -> one.pingStatus() == PingStatus.ONLINE).isPresent();
    }

    private static Finding of(BastionInstance bastion, InstanceInformation agent) {
        String version = agent.agentVersion() == null ? "" : ", version " + OneLine.of(agent.agentVersion());
        return agent.pingStatus() == PingStatus.ONLINE
                ? Finding.ok(Area.AWS, SUBJECT, "online" + version)
                : Finding.problem(
                        Area.AWS,
                        SUBJECT,
                        "the agent of " + bastion.id() + " is not online ("
                                + OneLine.of(String.valueOf(agent.pingStatusAsString())) + version
                                + (agent.lastPingDateTime() == null ? "" : ", last ping " + agent.lastPingDateTime())
                                + "), so people get TargetNotConnected",
                        "repair what stands above; otherwise end this access and request it again");
    }

    private static Finding unregistered(BastionInstance bastion, Instant now) {
        Optional<Duration> age = bastion.age(now);
        if (age.filter(time -> time.compareTo(REGISTERING_TAKES) < 0).isPresent()) {
            return Finding.warning(
                    Area.AWS,
                    SUBJECT,
                    bastion.id() + " started " + InstanceFindings.minutes(age.orElseThrow())
                            + " ago, and its agent has not registered yet",
                    "wait up to two minutes after the start");
        }
        return Finding.problem(
                Area.AWS,
                SUBJECT,
                "the agent of " + bastion.id() + " has not registered with Systems Manager"
                        + age.map(time -> ", " + InstanceFindings.minutes(time) + " after the start")
                                .orElse("")
                        + ", so people get TargetNotConnected",
                "repair what stands above; otherwise check the subnet's network ACL (443 out, 1024-65535 back) and the"
                        + " policy of the instance's role (terraform-modules/bastion/iam.tf)");
    }
}
