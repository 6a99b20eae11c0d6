package dev.bastion.scheduler.database;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/**
 * The one job of the clustered scheduler. It runs on one replica at a time, for as long as that replica leads. Its name stands
 * in the database: a replica of another version must find it.
 */
@DisallowConcurrentExecution
public final class LeaderJob implements Job {
    private final Leadership leadership;

    LeaderJob(Leadership leadership) {
        this.leadership = leadership;
    }

    @Override
    public void execute(JobExecutionContext context) {
        leadership.lead(context.getFireInstanceId());
    }
}
