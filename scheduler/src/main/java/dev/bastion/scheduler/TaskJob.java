package dev.bastion.scheduler;

import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * The Quartz job that hands its task over. It never throws: a job or factory that throws can leave its triggers in the
 * ERROR state.
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
