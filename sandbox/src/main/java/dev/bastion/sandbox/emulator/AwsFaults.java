package dev.bastion.sandbox.emulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bastion.sandbox.fault.FaultSwitch;
import dev.bastion.sandbox.fault.Platform;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Switches for the faults of the AWS emulator. They hold for every client but the sandbox's own page. */
public final class AwsFaults {
    private static final Duration LAG = Duration.ofSeconds(10);

    private final AwsClient aws;
    private final Set<AwsFault> on = EnumSet.noneOf(AwsFault.class);
    private final Set<String> refused = new TreeSet<>();
    private final Set<String> silent = new TreeSet<>();

    AwsFaults(AwsClient aws) {
        this.aws = aws;
    }

    /** All faults, each with its switch. */
    public List<FaultSwitch> switches() {
        return Arrays.stream(AwsFault.values())
                .map(fault -> FaultSwitch.lasting(Platform.AWS, fault, () -> isOn(fault), now -> turn(fault, now)))
                .toList();
    }

    public synchronized boolean isOn(AwsFault fault) {
        return on.contains(fault);
    }

    public synchronized void turn(AwsFault fault, boolean now) {
        if (now) {
            on.add(fault);
        } else {
            on.remove(fault);
        }
        send();
    }

    /** @param action like {@code ec2:TerminateInstances}, with {@code *} for any; of a REST protocol {@code s3:GET} */
    public synchronized void refuse(String action) {
        refused.add(action);
        send();
    }

    /** Ends {@link #refuse} for an action. */
    public synchronized void allow(String action) {
        refused.remove(action);
        send();
    }

    /** Lets the emulator not answer sessions of a role, as an account that its users cannot reach, or answer again. */
    public synchronized void silence(String role, boolean now) {
        if (now) {
            silent.add(role);
        } else {
            silent.remove(role);
        }
        send();
    }

    private void send() {
        ObjectNode faults = new ObjectMapper().createObjectNode();
        faults.put("down", on.contains(AwsFault.DOWN));
        faults.put("throttled", on.contains(AwsFault.THROTTLED));
        faults.put("lag", on.contains(AwsFault.LAG) ? LAG.toSeconds() : 0);
        Set<String> all = new TreeSet<>(refused);
        on.forEach(fault -> all.addAll(actions(fault)));
        all.forEach(faults.putArray("refused")::add);
        silent.forEach(faults.putArray("silent")::add);
        aws.setFaults(faults.toString());
    }

    private static List<String> actions(AwsFault fault) {
        return switch (fault) {
            case DESCRIBE_REFUSED -> List.of("ec2:DescribeInstances");
            case TERMINATE_REFUSED -> List.of("ec2:TerminateInstances");
            case RUN_REFUSED -> List.of("ec2:RunInstances");
            case SSM_REFUSED -> List.of("ssm:DescribeInstanceInformation");
            case DOWN, THROTTLED, LAG -> List.of();
        };
    }
}
