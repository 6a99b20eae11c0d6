package dev.bastion.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/** What a task that fails for a long time leaves waiting in Quartz. */
class RecurringTaskTest {
    /** An outage must not make the service ask more and more often: whatever is down has enough to do when it comes back. */
    @Test
    void howeverOftenItFailsOneRepetitionWaitsBesideTheNextTurn() throws SchedulerException {
        Scheduler quartz = QuartzScheduling.newScheduler();
        AtomicInteger runs = new AtomicInteger();
        try (ExecutorService work = Executors.newVirtualThreadPerTaskExecutor()) {
            new RecurringTask(quartz, InstantSource.system(), work, "proposals", Duration.ofMillis(50), () -> {
                        runs.incrementAndGet();
                        throw new IllegalStateException("the forge is down");
                    })
                    .schedule();
            quartz.start();
            await().until(() -> runs.get() >= 30);
            assertThat(quartz.getTriggersOfJob(new JobKey("proposals", "recurring")))
                    .hasSizeLessThanOrEqualTo(2);
        } finally {
            quartz.shutdown(true);
        }
    }
}
