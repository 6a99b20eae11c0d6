package dev.bastion.app.aws.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.InstanceStatusEvent;
import software.amazon.awssdk.services.ec2.model.InstanceStatusSummary;
import software.amazon.awssdk.services.ec2.model.SummaryStatus;

/**
 * The findings of EC2's own status checks of a running instance.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-system-instance-status-check.html">status checks</a>
 */
record StatusFindings(Ec2Client ec2, ReadCalls calls) {
    static final String ACTION = "ec2:DescribeInstanceStatus";
    private static final String SUBJECT = "status checks";

    void judge(BastionInstance bastion, Findings found) {
        calls.ask(
                        ACTION,
                        "EC2's status of the instance",
                        found,
                        () -> ec2.describeInstanceStatus(request ->
                                        request.instanceIds(bastion.instance().instanceId()))
                                .instanceStatuses())
                .ifPresent(statuses -> judge(bastion, statuses, found));
    }

    private static void judge(BastionInstance bastion, List<InstanceStatus> statuses, Findings found) {
        if (statuses.isEmpty()) {
            found.add(Finding.warning(
                    Area.AWS, SUBJECT, "EC2 has no status of " + bastion.id() + " yet", "wait a minute"));
            return;
        }
        InstanceStatus status = statuses.getFirst();
        found.add(ofChecks(bastion, summary(status.systemStatus()), summary(status.instanceStatus())));
        status.events().stream()
                .filter(event -> !isOver(event))
                .findFirst()
                .map(event -> ofEvent(bastion, event))
                .ifPresent(found::add);
    }

    private static Finding ofChecks(BastionInstance bastion, SummaryStatus system, SummaryStatus instance) {
        if (system == SummaryStatus.IMPAIRED) {
            return Finding.problem(
                    Area.AWS,
                    SUBJECT,
                    "the host of " + bastion.id() + " fails EC2's system check, so the bastion may not be reached",
                    "end this access and request it again: the next instance is on another host");
        }
        if (instance == SummaryStatus.IMPAIRED) {
            return Finding.problem(
                    Area.AWS,
                    SUBJECT,
                    bastion.id() + " fails EC2's instance check, so its system did not start or has no network",
                    "look at its console output (aws ec2 get-console-output), then end this access and request it again");
        }
        if (system == SummaryStatus.OK && instance == SummaryStatus.OK) {
            return Finding.ok(Area.AWS, SUBJECT, "both are ok");
        }
        return system == SummaryStatus.INITIALIZING || instance == SummaryStatus.INITIALIZING
                ? Finding.ok(Area.AWS, SUBJECT, "EC2 still initializes them")
                : Finding.unknown(
                        Area.AWS,
                        SUBJECT,
                        "EC2 says " + OneLine.of(system + " and " + instance) + " of " + bastion.id(),
                        "run the doctor again in a minute");
    }

    private static Finding ofEvent(BastionInstance bastion, InstanceStatusEvent event) {
        return Finding.warning(
                Area.AWS,
                "scheduled event",
                "AWS plans " + OneLine.of(event.codeAsString() + " for " + bastion.id())
                        + Optional.ofNullable(event.notBefore())
                                .map(from -> ", not before " + from)
                                .orElse(""),
                "if access must last longer, end it and request it again");
    }

    /** EC2 marks events that are over in their description. */
    private static boolean isOver(InstanceStatusEvent event) {
        return event.description() != null
                && (event.description().startsWith("[Completed]")
                        || event.description().startsWith("[Canceled]"));
    }

    private static SummaryStatus summary(InstanceStatusSummary summary) {
        return summary == null || summary.status() == null ? SummaryStatus.UNKNOWN_TO_SDK_VERSION : summary.status();
    }
}
