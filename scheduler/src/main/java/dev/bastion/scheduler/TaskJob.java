package dev.bastion.scheduler;

import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * A job that only hands its task over. It never throws: a job whose factory or body throws can park its triggers in ERROR
 * for good.
 */
final class TaskJob implements Job {
    static final String TASK = "task";

    @Override
    public void execute(JobExecutionContext context) {
        if (context.getMergedJobDataMap().get(TASK) instanceof Runnable task) {
            task.run();
        }
    }
}
