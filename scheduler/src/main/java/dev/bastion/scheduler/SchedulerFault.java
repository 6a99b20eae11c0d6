package dev.bastion.scheduler;

import org.quartz.SchedulerException;

/** Quartz refused something that in-memory Quartz has no reason to refuse: a bug of ours, said as one. */
public final class SchedulerFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private SchedulerFault(SchedulerException cause) {
        super("the scheduler refused: " + cause.getMessage(), cause);
    }

    interface Call<T> {
        T call() throws SchedulerException;
    }

    interface Action {
        void run() throws SchedulerException;
    }

    static <T> T orElse(Call<T> call) {
        try {
            return call.call();
        } catch (SchedulerException e) {
            throw new SchedulerFault(e);
        }
    }

    static void run(Action action) {
        try {
            action.run();
        } catch (SchedulerException e) {
            throw new SchedulerFault(e);
        }
    }
}
