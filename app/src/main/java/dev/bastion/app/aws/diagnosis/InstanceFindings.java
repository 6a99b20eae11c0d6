package dev.bastion.app.aws.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.port.BastionDiagnostics.Expected;
import dev.bastion.access.port.BastionDiagnostics.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** The findings about which instances of the environment there are, and the one that the other checks look at. */
record InstanceFindings(Subject subject, List<BastionInstance> seen) {
    static final String INSTANCE = "instance";
    /** How long CI may take to start or remove an instance before that is a problem. */
    static final Duration APPLY_TAKES = Duration.ofMinutes(10);

    private static final Duration START_TAKES = Duration.ofMinutes(3);
    private static final int MOST_NAMED = 3;
    private static final String LINGERS = "terminate it (docs/runbook.md, \"A bastion lingers\")";

    private static final Comparator<BastionInstance> UP_FIRST_THEN_NEWEST = Comparator.comparing(
                    (BastionInstance bastion) -> !bastion.isUp())
            .thenComparing(BastionInstance::isLeaving)
            .thenComparing(
                    bastion ->
                            Optional.ofNullable(bastion.instance().launchTime()).orElse(Instant.EPOCH),
                    Comparator.reverseOrder());

    /** @return the instance that people connect to; empty where there is none */
    Optional<BastionInstance> judge(Findings found) {
        List<BastionInstance> own = seen.stream()
                .filter(this::isOfTheGrant)
                .sorted(UP_FIRST_THEN_NEWEST)
                .toList();
        Optional<BastionInstance> bastion = own.stream().findFirst();
        found.add(
                switch (subject.expected()) {
                    case Expected.Granted granted -> bastion.map(this::ofOpen).orElseGet(() -> missing(granted));
                    case Expected.Closed(var endedAt) ->
                        bastion.filter(one -> !one.isLeaving())
                                .map(one -> ofClosed(one, endedAt))
                                .orElseGet(() -> Finding.ok(Area.AWS, INSTANCE, "none is there, as it should be"));
                    case Expected.Unknown _ ->
                        bastion.map(this::ofOpen)
                                .orElseGet(() -> problem(
                                        "AWS has no bastion for " + subject.environment()
                                                + " in this account and region",
                                        "check the account and the region, or request access: /bastion create "
                                                + subject.environment()));
                });
        others().ifPresent(found::add);
        return bastion;
    }

    /** One without a request's tag counts: it was made by hand, or by an older version. */
    private boolean isOfTheGrant(BastionInstance bastion) {
        Optional<String> request = bastion.tag("RequestId");
        return !(subject.expected() instanceof Expected.Granted granted)
                || request.map(granted.request().value()::equals).orElse(true);
    }

    private Finding missing(Expected.Granted granted) {
        Duration open = Duration.between(granted.since(), subject.now());
        String none = "AWS has no instance with the tags Environment="
                + subject.environment().resourceName() + " and RequestId="
                + granted.request().value();
        return open.compareTo(APPLY_TAKES) < 0
                ? Finding.warning(
                        Area.AWS,
                        INSTANCE,
                        none + " yet, " + minutes(open) + " after access was granted",
                        "wait for CI; it takes about a minute with a cached build, three without")
                : problem(
                        none + ", " + minutes(open) + " after access was granted",
                        "look at CI's run; if CI succeeded, compare its account and region with aws.region");
    }

    private Finding ofOpen(BastionInstance bastion) {
        String reason = bastion.reason().isEmpty() ? "" : " (" + bastion.reason() + ")";
        String again = "end this access and request it again: /bastion destroy " + subject.environment();
        return switch (bastion.state()) {
            case RUNNING -> Finding.ok(Area.AWS, INSTANCE, bastion.id() + " is running");
            case PENDING -> starting(bastion);
            case STOPPED, STOPPING ->
                problem(bastion.id() + " is " + bastion.state() + reason + ", so nobody can connect", again);
            case SHUTTING_DOWN, TERMINATED ->
                problem(
                        bastion.id() + " is " + bastion.state() + reason + ", although the grant is open",
                        again + "; docs/troubleshooting.md, \"It ends too early\", has the causes");
            case UNKNOWN_TO_SDK_VERSION ->
                Finding.unknown(
                        Area.AWS, INSTANCE, bastion.id() + " is in a state that is not known here", "look in AWS");
        };
    }

    private Finding starting(BastionInstance bastion) {
        boolean isSlow = bastion.age(subject.now()).orElse(Duration.ZERO).compareTo(START_TAKES) > 0;
        return isSlow
                ? problem(
                        bastion.id() + " has been starting for "
                                + minutes(bastion.age(subject.now()).orElseThrow()),
                        "look at the instance in AWS; it may lack capacity or its image")
                : Finding.warning(
                        Area.AWS, INSTANCE, bastion.id() + " is starting", "wait; a start takes about a minute");
    }

    private Finding ofClosed(BastionInstance bastion, Optional<Instant> endedAt) {
        Optional<Duration> since = endedAt.map(end -> Duration.between(end, subject.now()));
        String there = bastion.id() + " is "
                + (bastion.state() == InstanceStateName.UNKNOWN_TO_SDK_VERSION ? "there" : bastion.state());
        return since.filter(time -> time.compareTo(APPLY_TAKES) < 0)
                .map(time -> Finding.warning(
                        Area.AWS,
                        INSTANCE,
                        there + ", " + minutes(time) + " after access ended",
                        "wait for CI to remove it; the service terminates it if CI does not"))
                .orElseGet(() -> problem(there + " without a grant", LINGERS));
    }

    /** Instances of other requests, whose grants are over. */
    private Optional<Finding> others() {
        List<String> ids = seen.stream()
                .filter(bastion -> !isOfTheGrant(bastion) && !bastion.isLeaving())
                .map(BastionInstance::id)
                .sorted()
                .toList();
        if (ids.isEmpty()) {
            return Optional.empty();
        }
        String named = ids.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (ids.size() > MOST_NAMED ? " and " + (ids.size() - MOST_NAMED) + " more" : "");
        return Optional.of(Finding.problem(
                Area.AWS,
                "other instances",
                named + " carry the tag of another request, whose grant is over",
                LINGERS));
    }

    static String minutes(Duration time) {
        return time.compareTo(Duration.ofMinutes(2)) < 0
                ? Math.max(0, time.toSeconds()) + " s"
                : time.toMinutes() + " min";
    }

    private static Finding problem(String meaning, String remedy) {
        return Finding.problem(Area.AWS, INSTANCE, meaning, remedy);
    }
}
