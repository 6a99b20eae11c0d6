package dev.bastion.scheduler;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.port.ExpiryTimer;
import dev.bastion.access.telemetry.WorkContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The expiry timer: one Quartz trigger per open grant. */
final class QuartzExpiryTimer implements ExpiryTimer {
    private static final Logger LOG = LoggerFactory.getLogger(QuartzExpiryTimer.class);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(5);

    private final Scheduler quartz;
    private final InstantSource clock;
    private final Executor work;
    private final Consumer<Grant> onEnd;
    private final Map<EnvironmentName, Grant> armed = new ConcurrentHashMap<>();

    QuartzExpiryTimer(Scheduler quartz, InstantSource clock, Executor work, Consumer<Grant> onEnd) {
        this.quartz = quartz;
        this.clock = clock;
        this.work = work;
        this.onEnd = onEnd;
    }

    @Override
    public void arm(Grant grant) {
        armed.compute(grant.environment(), (_, previous) -> {
            if (previous != null && previous.hasSameExpiryAs(grant)) {
                return previous;
            }
            schedule(grant, grant.expiresAt(), 0);
            return grant;
        });
    }

    @Override
    public void disarm(EnvironmentName environment) {
        armed.computeIfPresent(environment, (name, _) -> {
            SchedulerFault.run(() -> quartz.deleteJob(key(name)));
            return null;
        });
    }

    private void schedule(Grant grant, Instant at, int attempt) {
        JobDataMap data = new JobDataMap();
        Runnable fire = () -> work.execute(() -> WorkContext.of(grant).run(() -> end(grant, attempt)));
        data.put(TaskJob.TASK, fire);
        JobKey key = key(grant.environment());
        JobDetail job = JobBuilder.newJob(TaskJob.class)
                .withIdentity(key)
                .usingJobData(data)
                .build();
        Trigger trigger = TriggerBuilder.newTrigger()
                .startAt(Date.from(at))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                .build();
        SchedulerFault.run(() -> {
            quartz.deleteJob(key);
            quartz.scheduleJob(job, trigger);
        });
    }

    private static JobKey key(EnvironmentName environment) {
        return new JobKey(environment.value(), "expiry");
    }

    private void end(Grant grant, int attempt) {
        armed.remove(grant.environment(), grant);
        try {
            onEnd.accept(grant);
        } catch (RuntimeException e) {
            retry(grant, attempt, e);
        }
    }

    /** Schedules a retry, unless another grant was armed for the environment meanwhile. */
    private void retry(Grant grant, int attempt, RuntimeException failure) {
        Instant now = clock.instant();
        Duration pause = backOff(attempt);
        LOG.atError()
                .addKeyValue("environment", grant.environment())
                .addKeyValue("request", grant.request())
                .addKeyValue(
                        "overdue_seconds",
                        Duration.between(grant.expiresAt(), now).toSeconds())
                .addKeyValue("attempt", attempt + 1)
                .addKeyValue("retry_seconds", pause.toSeconds())
                .setCause(failure)
                .log("grant.overdue");
        armed.computeIfAbsent(grant.environment(), _ -> {
            schedule(grant, now.plus(pause), attempt + 1);
            return grant;
        });
    }

    /** 1, 2, 4, then 5 seconds. */
    private static Duration backOff(int attempt) {
        return Duration.ofSeconds(Math.min(1L << Math.min(attempt, 3), MAX_BACK_OFF.toSeconds()));
    }
}
