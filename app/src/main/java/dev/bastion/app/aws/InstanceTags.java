package dev.bastion.app.aws;

import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.grant.BastionObservation.Condition;
import dev.bastion.access.grant.BastionObservation.Connection;
import dev.bastion.access.grant.BastionObservation.Ownership;
import dev.bastion.access.grant.BastionObservation.Target;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.grant.RequestId;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ssm.model.PingStatus;

/** The tags that the Terraform module {@code terraform-modules/bastion} puts on an instance. */
record InstanceTags(Map<String, String> tags) {
    static final String MANAGED_BY = "ManagedBy";
    static final String BASTION = "bastion";
    private static final String DATABASE = "Database";
    /** As many as the module takes. */
    private static final int MOST_TARGETS = 8;

    static InstanceTags of(Instance instance) {
        return new InstanceTags(
                instance.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (first, _) -> first)));
    }

    /**
     * The observation of the instance.
     *
     * @param groups the environments of the bastions' security groups that it has
     * @param ledgerName the name of this ledger
     */
    BastionObservation observation(
            String region,
            AwsPlatform.Described described,
            @Nullable PingStatus ping,
            Set<String> groups,
            Optional<String> ledgerName) {
        Instance instance = described.instance();
        Condition condition = condition(instance.state().name(), ping);
        return new BastionObservation(
                tag("Environment").orElse(""),
                request(),
                instance.instanceId(),
                condition,
                state(instance.state().name(), ping),
                condition == Condition.READY
                        ? Optional.of(connection(region, instance.instanceId()))
                        : Optional.empty(),
                new Ownership(
                        tag(MANAGED_BY).equals(Optional.of(BASTION)),
                        tag("Ledger"),
                        ledgerName
                                .filter(name -> tag("Ledger")
                                        .filter(other -> !other.equals(name))
                                        .isPresent())
                                .isPresent(),
                        contradiction(groups)),
                new BastionObservation.Details(
                        described.account(),
                        Optional.of(region),
                        Optional.ofNullable(instance.imageId()),
                        endReason(instance)));
    }

    /** The instance as a person finds it. */
    PersonalBastion personal(String region, String instance, boolean isRunning) {
        return new PersonalBastion(
                connection(region, instance),
                isRunning,
                tag("RequestedByUsername").orElse(""),
                tag("ExpiresAt").flatMap(InstanceTags::moment));
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** Why it stops or shuts down: EC2 names no other reason that tells who ended it. */
    private static Optional<String> endReason(Instance instance) {
        return switch (instance.state().name()) {
            case SHUTTING_DOWN, TERMINATED, STOPPING, STOPPED ->
                Optional.ofNullable(instance.stateReason()).map(reason -> reason.code() + ": " + reason.message());
            case PENDING, RUNNING, UNKNOWN_TO_SDK_VERSION -> Optional.empty();
        };
    }

    private Optional<String> contradiction(Set<String> groups) {
        Optional<String> environment = tag("Environment");
        if (environment.isEmpty()) {
            return Optional.of("it has no tag Environment");
        }
        if (tag("RequestId").isPresent() && request().isEmpty()) {
            return Optional.of("its tag RequestId is no request id");
        }
        return groups.stream()
                .filter(group -> !group.equals(environment.get()))
                .findFirst()
                .map(group -> "its tag Environment says " + environment.get() + ", but it has the security group of "
                        + (group.isEmpty() ? "a bastion without an environment" : group));
    }

    private static Condition condition(InstanceStateName state, @Nullable PingStatus ping) {
        return switch (state) {
            case RUNNING -> ping == PingStatus.ONLINE ? Condition.READY : Condition.COMING;
            case SHUTTING_DOWN, TERMINATED -> Condition.LEAVING;
            // a stopped instance can be started again
            case PENDING, STOPPING, STOPPED, UNKNOWN_TO_SDK_VERSION -> Condition.COMING;
        };
    }

    private static String state(InstanceStateName state, @Nullable PingStatus ping) {
        if (state != InstanceStateName.RUNNING) {
            return state.toString();
        }
        return "running, agent " + (ping == null ? "not registered" : ping.toString());
    }

    private Connection connection(String region, String instance) {
        String database = tag(DATABASE).orElse("");
        Connection only = isAddress(database)
                ? new Connection(
                        instance, region, host(database), port(database), tag("PortDocument"), tag("ShellDocument"))
                : new Connection(instance, region, "", 0, tag("PortDocument"), tag("ShellDocument"));
        return only.to(targets(database));
    }

    /** The databases by their tags, like {@code Database:reporting}: the first target first, then by name. */
    private List<Target> targets(String first) {
        String prefix = DATABASE + ":";
        return tags.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()))
                .filter(Target::isName)
                .sorted(Comparator.comparing(
                                (String name) -> !tag(prefix + name).equals(Optional.of(first)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_TARGETS)
                .flatMap(name -> target(name).stream())
                .toList();
    }

    private Optional<Target> target(String name) {
        return tag(DATABASE + ":" + name)
                .filter(InstanceTags::isAddress)
                .map(address -> new Target(
                        name,
                        host(address),
                        port(address),
                        tag("PortDocument:" + name),
                        tag("Engine:" + name).map(BastionObservation.Engine::named)));
    }

    private static boolean isAddress(String text) {
        int colon = text.lastIndexOf(':');
        return colon >= 1 && text.substring(colon + 1).matches("\\d{1,5}");
    }

    private static String host(String address) {
        return address.substring(0, address.lastIndexOf(':'));
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private Optional<RequestId> request() {
        try {
            return tag("RequestId").map(RequestId::new);
        } catch (InvalidValue _) {
            return Optional.empty();
        }
    }

    private Optional<String> tag(String key) {
        return Optional.ofNullable(tags.get(key)).filter(value -> !value.isEmpty());
    }
}
