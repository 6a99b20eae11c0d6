package dev.bastion.app.aws.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.port.BastionDiagnostics.Expected;
import dev.bastion.access.port.BastionDiagnostics.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;

/** The findings about the end of the bastion without the service: the tag that its timer reads, and AWS's schedule. */
record EndFindings(SchedulerClient scheduler, ReadCalls calls) {
    static final String ACTION = "scheduler:GetSchedule";
    private static final String TAG = "tag ExpiresAt";
    private static final String SCHEDULE = "schedule";
    /** The name of the module's schedule is this tag and a suffix. */
    private static final Pattern NAME = Pattern.compile("bastion-[0-9A-Za-z_.-]{1,50}");
    /** AWS's schedule is the last resort, so it is later than everything else. */
    private static final Duration SCHEDULE_AFTER = Duration.ofMinutes(5);

    private static final String AGAIN = "rate(10 minutes)";
    private static final String APPLY = "run CI again (Run workflow), which sets it";

    void judge(BastionInstance bastion, Subject subject, Findings found) {
        if (subject.expected() instanceof Expected.Closed) {
            return;
        }
        Optional<Expected.Granted> granted =
                subject.expected() instanceof Expected.Granted grant ? Optional.of(grant) : Optional.empty();
        found.add(ofTag(bastion, granted, subject.now()));
        granted.map(Expected.Granted::expiresAt)
                .or(bastion::expiresAt)
                .ifPresent(end -> judgeSchedule(bastion, end, found));
    }

    private static Finding ofTag(BastionInstance bastion, Optional<Expected.Granted> granted, Instant now) {
        Optional<Instant> tagged = bastion.expiresAt();
        if (tagged.isEmpty()) {
            return problem(bastion.id() + " has "
                    + bastion.tag("ExpiresAt")
                            .map(value -> "the tag ExpiresAt \"" + OneLine.of(value) + "\", which is no time")
                            .orElse("no tag ExpiresAt")
                    + ", so its own timer ends it after five minutes");
        }
        if (granted.isPresent() && !granted.get().expiresAt().equals(tagged.get())) {
            return ofOtherEnd(bastion, tagged.get(), granted.get(), now);
        }
        return tagged.get().plus(SCHEDULE_AFTER).isBefore(now)
                ? Finding.problem(
                        Area.AWS,
                        TAG,
                        bastion.id() + " is still there, and should have ended by itself at " + tagged.get(),
                        "terminate it (docs/runbook.md, \"A bastion lingers\"), then look for the cause below")
                : Finding.ok(Area.AWS, TAG, "it says when the bastion ends");
    }

    private static Finding ofOtherEnd(BastionInstance bastion, Instant tagged, Expected.Granted granted, Instant now) {
        Instant end = granted.expiresAt();
        String differs = "the tag ExpiresAt of " + bastion.id() + " says " + tagged + ", and the grant ends " + end;
        boolean isNew = granted.endSetAt().plus(InstanceFindings.APPLY_TAKES).isAfter(now);
        return isNew
                ? Finding.warning(Area.AWS, TAG, differs + ", which was changed lately", "wait for CI to apply it")
                : problem(differs + ", so the bastion ends too " + (tagged.isBefore(end) ? "early" : "late"));
    }

    private void judgeSchedule(BastionInstance bastion, Instant end, Findings found) {
        Optional<String> name =
                bastion.tag("Name").filter(value -> NAME.matcher(value).matches());
        if (name.isEmpty()) {
            found.add(Finding.unknown(
                    Area.AWS,
                    SCHEDULE,
                    bastion.id() + " does not have the module's tag Name, so its schedule is not found",
                    "run CI again (Run workflow), which sets the tag"));
            return;
        }
        calls.ask(ACTION, "AWS's schedule of the end", found, () -> read(name.get() + "-end"))
                .map(schedule -> schedule.map(read -> of(read, bastion, end))
                        .orElseGet(() -> warning(
                                "AWS has no schedule " + name.get()
                                        + "-end, so nothing ends the bastion when the service"
                                        + " and the bastion's own timer fail",
                                "set auto_terminate = true in the environment file, and run CI again")))
                .ifPresent(found::add);
    }

    private Optional<GetScheduleResponse> read(String name) {
        try {
            return Optional.of(scheduler.getSchedule(request -> request.name(name)));
        } catch (ResourceNotFoundException _) {
            return Optional.empty();
        }
    }

    private static Finding of(GetScheduleResponse schedule, BastionInstance bastion, Instant end) {
        if (schedule.state() == ScheduleState.DISABLED) {
            return warning("AWS's schedule of the end is disabled, so it does not end the bastion", APPLY);
        }
        Instant expected = end.plus(SCHEDULE_AFTER);
        if (!AGAIN.equals(schedule.scheduleExpression()) || !expected.equals(schedule.startDate())) {
            return warning(
                    "AWS's schedule of the end says " + OneLine.of(String.valueOf(schedule.scheduleExpression()))
                            + " from " + schedule.startDate() + ", and the grant's end asks for " + AGAIN + " from "
                            + expected,
                    APPLY);
        }
        String input = schedule.target() == null
                ? ""
                : String.valueOf(schedule.target().input());
        return input.contains("\"" + bastion.instance().instanceId() + "\"")
                ? Finding.ok(Area.AWS, SCHEDULE, "it ends the bastion without the service")
                : warning("AWS's schedule of the end names another instance than " + bastion.id(), APPLY);
    }

    private static Finding problem(String meaning) {
        return Finding.problem(Area.AWS, TAG, meaning, APPLY);
    }

    private static Finding warning(String meaning, String remedy) {
        return Finding.warning(Area.AWS, SCHEDULE, meaning, remedy);
    }
}
