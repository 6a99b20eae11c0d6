package dev.bastion.scheduler;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task that runs periodically, never twice at once, and soon again after a fault. */
final class RecurringTask {
    private static final Logger LOG = LoggerFactory.getLogger(RecurringTask.class);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(2);

    private final Scheduler quartz;
    private final InstantSource clock;
    private final Executor work;
    private final String name;
    private final Duration interval;
    private final Runnable task;
    private final AtomicBoolean running = new AtomicBoolean();

    RecurringTask(Scheduler quartz, InstantSource clock, Executor work, String name, Duration interval, Runnable task) {
        this.quartz = quartz;
        this.clock = clock;
        this.work = work;
        this.name = name;
        this.interval = interval;
        this.task = task;
    }

    void schedule() {
        JobDataMap data = new JobDataMap();
        Runnable fire = () -> work.execute(this::run);
        data.put(TaskJob.TASK, fire);
        JobDetail job = JobBuilder.newJob(TaskJob.class)
                .withIdentity(new JobKey(name, "recurring"))
                .usingJobData(data)
                .storeDurably()
                .build();
        Trigger trigger = TriggerBuilder.newTrigger()
                .startAt(Date.from(clock.instant()))
                .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                        .withIntervalInMilliseconds(interval.toMillis())
                        .repeatForever()
                        .withMisfireHandlingInstructionNextWithRemainingCount())
                .build();
        SchedulerFault.run(() -> quartz.scheduleJob(job, trigger));
    }

    private void run() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("task", name)
                    .addKeyValue("retry_seconds", RETRY_DELAY.toSeconds())
                    .setCause(e)
                    .log("{}.failed", name);
            retry();
        } finally {
            running.set(false);
        }
    }

    /** Schedules at most one retry and postpones a waiting one; otherwise retries would pile up in an outage. */
    private void retry() {
        TriggerKey key = new TriggerKey(name, "retry");
        Trigger soon = TriggerBuilder.newTrigger()
                .withIdentity(key)
                .forJob(new JobKey(name, "recurring"))
                .startAt(Date.from(clock.instant().plus(RETRY_DELAY)))
                .build();
        SchedulerFault.run(() -> {
            if (!quartz.isShutdown() && quartz.rescheduleJob(key, soon) == null) {
                quartz.scheduleJob(soon);
            }
        });
    }
}
