package dev.bastion.app.aws.diagnosis;

import dev.bastion.access.grant.Timestamps;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * An instance with the tags of a bastion, as EC2 lists it.
 *
 * @param tags written by people who may tag instances
 */
record BastionInstance(Instance instance, Map<String, String> tags) {
    private static final int GREATEST_PORT = 65_535;

    static BastionInstance of(Instance instance) {
        return new BastionInstance(
                instance,
                instance.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (first, _) -> first)));
    }

    String id() {
        return OneLine.of(instance.instanceId());
    }

    InstanceStateName state() {
        return instance.state() == null || instance.state().name() == null
                ? InstanceStateName.UNKNOWN_TO_SDK_VERSION
                : instance.state().name();
    }

    /** Whether it runs or starts. */
    boolean isUp() {
        return state() == InstanceStateName.RUNNING || state() == InstanceStateName.PENDING;
    }

    boolean isLeaving() {
        return state() == InstanceStateName.SHUTTING_DOWN || state() == InstanceStateName.TERMINATED;
    }

    /** Why it stops or shuts down, in EC2's words; empty text where EC2 says nothing. */
    String reason() {
        return instance.stateReason() == null || instance.stateReason().message() == null
                ? ""
                : OneLine.of(instance.stateReason().message());
    }

    /** The time since its start; empty where EC2 does not tell it. */
    Optional<Duration> age(Instant now) {
        return Optional.ofNullable(instance.launchTime())
                .map(start -> Duration.between(start, now))
                .filter(age -> !age.isNegative());
    }

    Set<String> groups() {
        return instance.securityGroups().stream().map(GroupIdentifier::groupId).collect(Collectors.toSet());
    }

    Optional<String> vpc() {
        return Optional.ofNullable(instance.vpcId()).filter(id -> !id.isEmpty());
    }

    /** The name of its instance profile. */
    Optional<String> profile() {
        return Optional.ofNullable(instance.iamInstanceProfile())
                .flatMap(profile -> Optional.ofNullable(profile.arn()))
                .map(arn -> arn.substring(arn.lastIndexOf('/') + 1))
                .filter(name -> !name.isEmpty());
    }

    Optional<String> tag(String key) {
        return Optional.ofNullable(tags.get(key)).filter(value -> !value.isBlank());
    }

    /** The end that its tag says; empty where there is none or it is no time. */
    Optional<Instant> expiresAt() {
        try {
            return tag("ExpiresAt").map(Timestamps::parse);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /** The port of the database that its tag says. */
    Optional<Integer> databasePort() {
        return tag("Database")
                .map(database -> database.substring(database.lastIndexOf(':') + 1))
                .filter(port -> port.matches("\\d{1,5}"))
                .map(Integer::parseInt)
                .filter(port -> port > 0 && port <= GREATEST_PORT);
    }
}
